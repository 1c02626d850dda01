import type { Outcome } from '../../core/evidence.js';
import type { Slice } from '../../core/slice.js';
import type { Run } from '../../core/run.js';
import type { Study } from '../../core/study.js';
import type { Domains } from '../domains.js';
import { flaggedByValue } from '../../dataset/sql/shapes/slice-counts.js';
import { benjaminiHochberg } from '../../stats/correction.js';
import { normalTwoSided } from '../../stats/distributions.js';
import { wilson } from '../../stats/proportion.js';
import { round12 } from '../../stats/round12.js';
import { domainsOf } from '../domains.js';
import { compared } from './compared.js';
import { partText } from './cuts.js';

/**
 * The flagged rows of each defect by domain: share of each domain that is flagged, how many times as often as in the others,
 * and its part of all flagged rows; all rows are counted. Corrected over all domains of all defects; those with most
 * flagged rows for their size first. Nothing where no domain column is named or where fewer than two have enough rows.
 */
export async function flaggedByDomain(
  study: Study,
  outcomes: ReadonlyMap<string, Outcome>,
  run: Run,
): Promise<Readonly<Record<string, readonly Slice[]>>> {
  const domains = await domainsOf(study, run);
  if (domains === null || domains.known.length < 2) return {};
  const counted: { readonly id: string; readonly slice: Slice }[] = [];
  for (const [id, outcome] of outcomes) {
    if (outcome.outcome !== 'ok' || outcome.evidence.flagged === null) continue;
    const slices = await byDomain(study, domains, outcome.evidence.flagged.relation, run);
    counted.push(...slices.map((slice) => ({ id, slice })));
  }
  const p = benjaminiHochberg(counted.map(({ slice }) => slice.p));
  const found: Record<string, Slice[]> = {};
  for (const [i, { id, slice }] of counted.entries()) (found[id] ??= []).push({ ...slice, p: round12(p[i]!) });
  for (const slices of Object.values(found))
    slices.sort((a, b) => b.rate - a.rate || b.rows - a.rows || (a.slice < b.slice ? -1 : 1));
  return found;
}

/** p is of each domain alone. */
async function byDomain(study: Study, domains: Domains, flagged: string, run: Run): Promise<readonly Slice[]> {
  const { column, known } = domains;
  const query = flaggedByValue(study.train, flagged, column, run.engine.dialect);
  const rows = await run.engine.rows(query, domains.values + 1, run);
  const parts = rows.map((row) => {
    const sum = Number(row['x']);
    return { part: row['part'] === null ? null : String(row['part']), rows: Number(row['n']), sum, squares: sum };
  });
  const all = parts.reduce((t, b) => ({ rows: t.rows + b.rows, sum: t.sum + b.sum, squares: t.squares + b.squares }), {
    rows: 0,
    sum: 0,
    squares: 0,
  });
  if (all.sum === 0) return [];
  return known.flatMap(({ value }): Slice[] => {
    const own = parts.find(({ part }) => part === value);
    if (own === undefined || own.rows === all.rows) return [];
    const { z, rate, lift } = compared(own, all);
    // The variance of all is that of rows without this one too, so a part of all has less: n (1 - n/N).
    const p = normalTwoSided(z / Math.sqrt(1 - own.rows / all.rows));
    const { low, high } = wilson(own.sum, own.rows);
    const slice = partText({ column, by: 'value' }, value);
    const numbers = { rate: round12(rate), low: round12(low), high: round12(high), lift: round12(lift) };
    return [
      {
        slice,
        parts: [{ column: column.name, part: value }],
        rows: own.rows,
        ...numbers,
        share: round12(own.sum / all.sum),
        p,
      },
    ];
  });
}
