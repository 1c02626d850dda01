import type { Value } from '../../../src/core/engine.js';
import type { Finding } from '../../../src/core/evidence.js';
import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { LeakageOptions } from '../options.js';
import { argText } from '../../../src/core/arg-text.js';
import { ratesAhead } from '../../../src/dataset/sql/shapes/rates-ahead.js';
import { inGroups } from '../../../src/derived/in-groups.js';
import { round12 } from '../../../src/stats/round12.js';

/** Rows of whole units that are looked at; with more, units are drawn. */
const sampleRows = 200_000;
/** Below this many standard errors, one a unit, a correlation is chance. */
const leastZ = 5;
/** Each column is sorted beside all others of its statement. */
const columnsAtOnce = 20;

/**
 * The point-in-time test: within a unit, does the column follow the rate of later events beyond what it shares with the
 * rate of earlier ones and with the passing of time? What was known at the event cannot.
 */
export async function knowsLater(
  study: Study,
  columns: readonly Column[],
  { ahead }: LeakageOptions,
  run: Run,
): Promise<readonly Finding[]> {
  const { train, roles } = study;
  const { label, time, user, item } = roles;
  if (label === null || time === null || columns.length === 0) return [];
  const findings = new Map<string, Finding>();
  for (const [word, unit] of [
    ['user', user],
    ['item', item],
  ] as const) {
    if (unit === null) continue;
    const asked = columns.filter((c) => c.id !== unit.id && !findings.has(c.name));
    const share = Math.min(1, sampleRows / train.rows);
    const found = await inGroups(
      asked,
      async (some) => {
        const query = ratesAhead(train, { columns: some, label, time, unit, share }, run.engine.dialect);
        const [row = {}] = await run.engine.rows(query, 1, run);
        return some.flatMap(({ name }, i): Finding[] => {
          const value = round12(partial(row, i));
          if (!(value > ahead) || !(value * Math.sqrt(Number(row['units'])) > leastZ)) return [];
          const args = { column: name, value, unit: word };
          return [{ code: 'leakage.knows-later-labels', severity: 'problem', args }];
        });
      },
      columnsAtOnce,
    );
    for (const finding of found) findings.set(argText(finding.args['column']), finding);
  }
  return [...findings.values()];
}

/** Correlation of a column with the later rate, given the earlier rate and the place in the unit; 0 where none varies. */
function partial(row: Readonly<Record<string, Value>>, i: number): number {
  const of = (name: string): number => {
    const value = Number(row[name] ?? 0);
    return Number.isFinite(value) ? value : 0;
  };
  const xf = given(of(`f${i}`), of(`g${i}`), of('fg'));
  const xb = given(of(`b${i}`), of(`g${i}`), of('bg'));
  return given(xf, xb, given(of('fb'), of('fg'), of('bg')));
}

/** Correlation of x and y given z, from the three pairs. */
function given(xy: number, xz: number, yz: number): number {
  return (xy - xz * yz) / Math.sqrt(Math.max((1 - xz * xz) * (1 - yz * yz), 1e-9));
}
