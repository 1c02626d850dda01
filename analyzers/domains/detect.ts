import type { Evidence } from '../../src/core/evidence.js';
import type { Column, Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Domains } from '../../src/derived/domains.js';
import type { Known } from '../../src/derived/schema/diff/known.js';
import type { Difference } from './detect/differences.js';
import type { Found } from './detect/findings.js';
import type { DomainsOptions } from './options.js';
import { hasValueSql, rowsWhere } from '../../src/dataset/sql/shapes/domain-rows.js';
import { domainRows, domainsOf, leastDomainRows } from '../../src/derived/domains.js';
import { comparedColumns } from '../../src/derived/psi/compared-columns.js';
import { portraits } from '../../src/derived/schema/portrait.js';
import { differencesOf } from './detect/differences.js';
import { reversedColumns } from './detect/directions.js';
import { findingsOf, measurementsOf, oddColumns } from './detect/findings.js';
import { counted, flag } from './detect/flag.js';
import { ratesOf } from './detect/rates.js';
import { otherUnits } from './detect/units.js';
import { otherWords } from './detect/vocabularies.js';

/** Compares the domains with one another: distributions, label rates, and what columns mean. */
export async function detect(study: Study, run: Run, options: DomainsOptions): Promise<Evidence> {
  const { train, roles } = study;
  const domains = await domainsOf(study, run);
  if (domains === null || domains.known.length < 2) {
    const args = { domain: domains?.column.name ?? '', values: domains?.values ?? 0, least: leastDomainRows };
    return { measurements: [], findings: [{ code: 'domains.few', severity: 'note', args }], flagged: null };
  }
  const sample = await domainRows(domains, train, run);
  const sides = { kind: 'relations', reference: train, current: train } as const;
  const columns = comparedColumns(roles, sides).filter(({ column }) => column.id !== domains.column.id);
  const differences = await differencesOf(sample, domains, columns, roles, options, run);
  const all = columns.map(({ column }) => column);
  const seen = await seenBy(sample, domains, all, run);
  const rows = domains.known.map((domain) => domain.rows);
  const numbers = columns.filter(({ kind }) => kind === 'numeric').map(({ column }) => column);
  const reversed = await reversedColumns(sample, domains, roles, numbers, options, run);
  await run.engine.drop(sample.name, run);
  const isNumber = new Set(numbers.map(({ id }) => id));
  const units = all.flatMap((column, i) => {
    if (!isNumber.has(column.id)) return [];
    return otherUnits(seen[i]!, rows, effectOf(column, differences)).map((unit) => ({ ...unit, column }));
  });
  const words = all.flatMap((column, i) =>
    isNumber.has(column.id) ? [] : otherWords(seen[i]!, rows).map((other) => ({ ...other, column })),
  );
  const found: Found = {
    domains,
    differences,
    units: await counted(study, domains, units, run),
    words: await counted(study, domains, words, run),
    reversed,
    rates: await ratesOf(study, domains, run),
  };
  return {
    measurements: measurementsOf(found),
    findings: findingsOf(found),
    score: columns.length === 0 ? 0 : oddColumns(found).size / columns.length,
    flagged: await flag(study, found, run),
  };
}

/** Each column as each domain has it: by column, then by domain. */
async function seenBy(
  sample: Relation,
  { column: by, known }: Domains,
  columns: readonly Column[],
  run: Run,
): Promise<readonly (readonly Known[])[]> {
  const { dialect } = run.engine;
  const counts = rowsWhere(
    sample,
    known.map(({ value }) => hasValueSql(by, value, dialect)),
  );
  const [row = {}] = await run.engine.rows(counts, 1, run);
  const seen: Known[][] = columns.map(() => []);
  for (const [i, { value }] of known.entries()) {
    const rows = Number(row[`n${i}`]);
    const own = await portraits({ kind: 'value', relation: sample, by, value }, 'current', columns, rows, run);
    own.forEach((portrait, c) => {
      const { name, type } = columns[c]!;
      const held = Math.round(rows * (1 - portrait.nulls));
      seen[c]!.push({ name, type, seen: portrait, rows, held, moving: false });
    });
  }
  return seen;
}

/** How many rows of a domain count as one in a column, as its difference to the others was judged. */
function effectOf(column: Column, differences: readonly Difference[]): (domain: number) => number {
  const own = differences.filter(({ histogram }) => histogram.column.id === column.id);
  return (domain) => own.find((difference) => difference.domain === domain)?.design.current ?? 1;
}
