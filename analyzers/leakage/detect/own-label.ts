import type { Finding } from '../../../src/core/evidence.js';
import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { ownRates } from '../../../src/dataset/sql/shapes/rates-ahead.js';
import { round12 } from '../../../src/stats/round12.js';

/** A column this close to the rate of its unit is that rate, shrunk in one way or another. */
const leastCorrelation = 0.8;
/** By so much an honest rate cannot beat the rate of the unit's other rows. */
const leastGap = 0.08;

/** Rates of a user or item that count the row's own label: they beat what the rest of the unit's rows can tell. */
export async function ownLabel(
  study: Study,
  columns: readonly Column[],
  aucs: ReadonlyMap<string, number>,
  run: Run,
): Promise<readonly Finding[]> {
  const { label, user, item } = study.roles;
  if (label === null) return [];
  const findings: Finding[] = [];
  for (const [word, unit] of [
    ['user', user],
    ['item', item],
  ] as const) {
    const outOfFold = unit === null ? undefined : aucs.get(unit.name);
    if (unit === null || outOfFold === undefined) continue;
    const asked = columns.filter((c) => c.id !== unit.id && (aucs.get(c.name) ?? 0.5) - outOfFold > leastGap);
    if (asked.length === 0) continue;
    const query = ownRates(study.train.name, asked, label, unit, run.engine.dialect);
    const [row = {}] = await run.engine.rows(query, 1, run);
    asked.forEach(({ name }, i) => {
      const value = round12(Math.abs(Number(row[`r${i}`] ?? 0)));
      if (!(value > leastCorrelation)) return;
      const args = { column: name, value, unit: word, auc: aucs.get(name) ?? 0.5, outOfFold };
      findings.push({ code: 'leakage.own-label', severity: 'problem', args });
    });
  }
  return findings;
}
