import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Run } from '../../src/core/run.js';
import type { Label, Study } from '../../src/core/study.js';
import type { LabelDriftOptions } from './options.js';
import { expr, planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { isCurrentSql } from '../../src/dataset/sql/shapes/sides.js';
import { positiveUnits, positiveUnitsByTime } from '../../src/dataset/sql/shapes/positive-units.js';
import { comparisonOf } from '../../src/derived/comparison.js';

/** A stretch in which labels are lost together. */
const day = 86_400;

/** Ways in which the share of positives of late training rows falls. */
export const mechanisms: readonly Mechanism<LabelDriftOptions>[] = [
  {
    name: 'fewer-positives',
    where: 'train',
    says: 'late positive rows are left out, each with the same chance',
    found: { at: 0.6 },
    inject: fewerPositives,
  },
  {
    name: 'lost-by-day',
    where: 'train',
    says: 'late positives become negatives, one day after the other',
    found: { at: 0.6 },
    inject: lostByDay,
  },
];

const noLabel: Unsupported = { unsupported: 'there is no label' };

async function fewerPositives(study: Study, run: Run): Promise<Injection | Unsupported> {
  const { label } = study.roles;
  if (label === null) return noLabel;
  const drawing = drawingFor(run, 'label-drift', 'fewer-positives');
  const { dialect } = run.engine;
  const query = positiveUnits(study.train, label, await late(study, run), drawing.random.path, dialect);
  const laid = await layOutUnits(query, drawing);
  return {
    ...laid,
    plan: (keys) => planOf('label-drift', 'label-drift.injected', { verb: 'drop-row', where: { keys } }),
  };
}

async function lostByDay(study: Study, run: Run): Promise<Injection | Unsupported> {
  const { label, time } = study.roles;
  if (label === null) return noLabel;
  if (time === null) return { unsupported: 'days need the role time' };
  const drawing = drawingFor(run, 'label-drift', 'lost-by-day');
  const where = await late(study, run);
  const query = positiveUnitsByTime(study.train, label, where, time, day, drawing.random.path, run.engine.dialect);
  const laid = await layOutUnits(query, drawing);
  const to = negative(label);
  return {
    ...laid,
    plan: (keys) => planOf('label-drift', 'label-drift.injected', { verb: 'set-label', where: { keys }, to }),
  };
}

function negative({ column, negative: text }: Label): ReturnType<typeof expr.literal> {
  return expr.literal(column.type, text);
}

/** Late training rows where time is compared, else all of them. */
async function late(study: Study, run: Run): Promise<string> {
  const comparison = await comparisonOf(study, run);
  return comparison === null ? 'true' : isCurrentSql(comparison.sides, run.engine.dialect);
}
