import type { Evidence, Flagged } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { ImmatureTail, Study } from '../../src/core/study.js';
import type { Maturity } from '../../src/stats/maturity.js';
import type { Found } from './found.js';
import type { DelayedLabelsOptions } from './options.js';
import { labelSql } from '../../src/dataset/sql/label.js';
import { flaggedRows } from '../../src/dataset/sql/shapes/flagged-rows.js';
import { ageSql } from '../../src/dataset/sql/shapes/label-ages.js';
import { rowCount } from '../../src/dataset/sql/shapes/row-count.js';
import { tableName } from '../../src/dataset/sql/table-name.js';
import { momentText } from '../../src/derived/time-width.js';
import { round12 } from '../../src/stats/round12.js';
import { day } from '../../src/dataset/label-maturity.js';
import { isDelayed } from '../../src/stats/maturity.js';
import { maturityIn } from './found.js';

/** Compares the share of positives of the youngest rows with that of rows whose labels have had their time. */
export async function detect(study: Study, run: Run, options: DelayedLabelsOptions): Promise<Evidence> {
  const tail = study.split?.immature;
  if (tail?.seen) return leftOut(tail, tail.seen, study.split!.rows.leftOut);
  const found = await maturityIn(study, run, options);
  if (found === null) {
    return {
      measurements: [],
      findings: [{ code: 'delayed-labels.cannot-tell', severity: 'note', args: {} }],
      flagged: null,
    };
  }
  const { maturity } = found;
  const measurements = measurementsOf(maturity);
  if (!isDelayed(maturity, options)) return { measurements, findings: [], score: 0, flagged: null };
  const flagged = await flag(study, found, run);
  const args = {
    days: maturity.tail,
    from: momentText(found.extracted - maturity.tail * day),
    rate: round12(maturity.tailRate),
    mature: round12(maturity.matureRate),
    z: round12(maturity.z),
    completeness: maturity.completeness.slice(0, maturity.tail).map((c) => Number(c.toFixed(3))),
    flagged: flagged.rows,
  };
  const score = flagged.rows / Math.max(1, study.train.rows);
  return { measurements, findings: [{ code: 'delayed-labels.tail', severity: 'problem', args }], score, flagged };
}

function measurementsOf({ z, completeness }: Pick<Maturity, 'z' | 'completeness'>): Evidence['measurements'] {
  return [
    { name: 'delayed-labels.z', value: round12(z), unit: 'z' },
    { name: 'delayed-labels.first-day', value: round12(completeness[0] ?? 1), unit: 'share' },
  ];
}

/** What the split has seen and left out is told, not flagged: no training row is touched by it. */
function leftOut({ days, from }: ImmatureTail, seen: NonNullable<ImmatureTail['seen']>, rows: number): Evidence {
  const args = {
    days,
    from: momentText(from),
    rate: round12(seen.rate),
    mature: round12(seen.mature),
    completeness: seen.completeness.map((c) => Number(c.toFixed(3))),
    rows,
  };
  return {
    measurements: measurementsOf(seen),
    findings: [{ code: 'delayed-labels.left-out', severity: 'problem', args }],
    score: 0,
    flagged: null,
  };
}

/** Negatives of the tail; the score is the share of positives of that age still to come. */
async function flag(study: Study, { extracted, maturity }: Found, run: Run): Promise<Flagged> {
  const { train, roles } = study;
  const { engine } = run;
  const age = ageSql(roles.time!, extracted, day, engine.dialect);
  const cases = maturity.completeness
    .slice(0, maturity.tail)
    .map((c, i) => `WHEN ${i} THEN ${Number((1 - c).toFixed(6))}`);
  const query = flaggedRows(
    [
      {
        from: train.name,
        where: `${labelSql(roles.label!, engine.dialect)} = 0 AND ${age} BETWEEN 0 AND ${maturity.tail - 1}`,
        code: 'delayed-labels.young',
        score: `CASE ${age} ${cases.join(' ')} END`,
        column: roles.label!.column.name,
        args: { age },
      },
    ],
    engine.dialect,
  );
  const relation = tableName('flagged_delayed', train.name);
  await engine.write(query, { kind: 'view', name: relation }, run);
  const [row] = await engine.rows(rowCount(relation), 1, run);
  return { relation, rows: Number(row?.['n']) };
}
