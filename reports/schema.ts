import { z } from 'zod';
import { AssayError } from '../src/core/errors.js';
import type { Report, ReportColumn } from './model.js';
import { capacity, columnsWorth, evaluationLabels, rolling, valueCurve } from './worth-schema.js';

const interval = z.object({ value: z.number(), low: z.number(), high: z.number() });
const count = z.number().int().nonnegative();
const outcome = z.enum(['ok', 'not-applicable', 'failed', 'cancelled']);
const where = z.enum(['train', 'serve', 'both']);
const kind = z.enum(['gain', 'sensitivity', 'cost']);
const parts = z.object({ train: count, tuning: count, inner: count, outer: count, leftOut: count });

const immature = z.object({
  days: z.number(),
  from: z.number(),
  seen: z.object({ rate: z.number(), mature: z.number(), z: z.number(), completeness: z.array(z.number()) }).nullable(),
});

const split = z.object({
  by: z.enum(['test-file', 'time', 'user', 'group', 'row']),
  reason: z.string(),
  rows: parts,
  positives: parts,
  unit: z.enum(['user', 'group', 'row']),
  immature: immature.exactOptional(),
});

const study = z.object({
  name: z.string(),
  origin: z.string().exactOptional(),
  files: z.array(z.object({ role: z.string(), name: z.string(), rows: count, rejected: count })),
  rows: count,
  columnCount: count,
  positives: count.nullable(),
  roles: z.array(z.object({ role: z.string(), column: z.string(), reason: z.string() })),
  excluded: z.array(z.object({ column: z.string(), reason: z.string() })),
  split: split.nullable(),
});

const verdict = z.object({
  code: z.enum(['audited', 'nothing-resolved', 'clean', 'repairs-pay', 'measured', 'incomplete']),
  sentence: z.string(),
  auc: z.object({ asIs: interval, repaired: interval.nullable(), gain: interval.nullable() }).nullable(),
  resolution: z.object({ mde: z.number(), positives: count, units: count }).nullable(),
});

const measurement = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.enum(['share', 'count', 'auc', 'psi', 'z', 'ratio', 'seconds']),
  low: z.number().exactOptional(),
  high: z.number().exactOptional(),
  column: z.string().exactOptional(),
  slice: z.string().exactOptional(),
});

const slice = z.object({
  slice: z.string(),
  parts: z.array(z.object({ column: z.string(), part: z.string().nullable() })),
  rows: count,
  rate: z.number(),
  low: z.number(),
  high: z.number(),
  lift: z.number(),
  share: z.number(),
  p: z.number(),
});

const defect = z.object({
  id: z.string(),
  title: z.string(),
  outcome,
  reason: z.string().exactOptional(),
  score: z.number().exactOptional(),
  measurements: z.array(measurement),
  findings: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['problem', 'suspect', 'note']),
      args: z.record(z.string(), z.json()),
      because: z.array(z.object({ defect: z.string(), code: z.string() })).exactOptional(),
      message: z.string(),
    }),
  ),
  rows: z.object({ flagged: count, file: z.string() }).nullable(),
  worst: z.array(
    z.object({
      row_key: z.string(),
      file: z.string(),
      row: count,
      code: z.string(),
      column: z.string().nullable(),
      score: z.number(),
      suggestion: z.string().nullable(),
      message: z.string(),
    }),
  ),
  where: z.array(slice).exactOptional(),
  domains: z.array(slice).exactOptional(),
});

const effect = z.object({
  kind,
  defect: z.string(),
  arm: z.string(),
  title: z.string(),
  metric: z.enum(['auc', 'logloss', 'ne', 'gauc', 'calibration']),
  code: z.literal('calibration-cost').exactOptional(),
  counted: z.object({ rows: z.number(), positives: z.number() }).exactOptional(),
  effect: z.number(),
  low: z.number(),
  high: z.number(),
  lower95: z.number(),
  upper95: z.number(),
  p: z.number(),
  df: z.number(),
  pAdjusted: z.number(),
  verdict: z.enum(['helps', 'costs', 'not-resolved']),
  budget: z.object({ auc: z.number(), answer: z.enum(['breach', 'within', 'equivalent', 'unknown']) }).exactOptional(),
  mde: z.number(),
  estimand: z.enum(['thisTrainingSet', 'thisTrainingSetAtN']),
  units: count,
  rows: count,
  seeds: count,
  on: z.enum(['inner', 'outer', 'evaluation']),
  model: z.string(),
  rowsWorth: z
    .object({ rows: count, relation: z.enum(['about', 'more-than']), low: count, high: count.nullable() })
    .exactOptional(),
});

const unmeasured = z.object({ kind, defect: z.string(), arm: z.string(), title: z.string(), reason: z.string() });

const curve = z.object({
  defect: z.string(),
  mechanism: z.string(),
  where,
  column: z.string().exactOptional(),
  points: z.array(z.object({ dose: z.number(), cost: z.number(), low: z.number(), high: z.number() })),
  slope: interval,
  tolerance: z.object({ budget: z.number(), dose: z.number(), relation: z.enum(['up-to', 'below', 'at-least']) }),
  seeds: count,
});

const step = z.object({
  defect: z.string(),
  repair: z.string(),
  title: z.string(),
  decision: z.enum(['accepted', 'not-resolved', 'hurts', 'held-back']),
  gain: interval.nullable(),
  alone: interval.exactOptional(),
  last: interval.exactOptional(),
  seeds: count,
  units: count,
  strength: z.number().exactOptional(),
  tried: z.array(z.object({ strength: z.number(), gain: interval.nullable() })).exactOptional(),
  reason: z.string(),
});

const proof = z.object({
  gain: z.number(),
  low: z.number(),
  high: z.number(),
  lower95: z.number(),
  p: z.number(),
  holds: z.boolean(),
  before: z.number(),
  after: z.number(),
  seeds: count,
  positives: count,
  outerUses: count,
});

const otherModel = z.object({
  name: z.string(),
  rows: count,
  auc: z.object({ own: interval, builtIn: interval }).nullable(),
  effects: z.array(effect),
  unmeasured: z.array(unmeasured),
  failed: z.string().nullable(),
  leftOut: z.array(z.string()),
  agreement: z
    .object({
      repairs: count,
      tau: z.number(),
      same: count,
      pairs: count,
      reversed: z.array(z.object({ first: z.string(), second: z.string() })),
      opposed: z.array(z.string()),
    })
    .nullable(),
});

const gate = z.object({
  policy: z.string(),
  verdict: z.enum(['passed', 'warned', 'failed']),
  rules: z.array(
    z.object({
      rule: z.string(),
      level: z.enum(['fail', 'warn']),
      state: z.enum(['within', 'breach', 'unknown']),
      outcome: z.enum(['passed', 'warned', 'failed', 'exempt']),
      bound: z.enum(['max', 'min', 'max-change', 'max-z', 'max-change-rate', 'budget']),
      limit: z.number(),
      value: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      message: z.string(),
    }),
  ),
});

/** A column of the report; the dashboard's pages of columns are made of the same. */
export const reportColumn: z.ZodType<ReportColumn> = z.object({
  name: z.string(),
  type: z.string(),
  role: z.string(),
  nullShare: z.number(),
  distinct: count,
  auc: z.number().nullable(),
  psi: z.number().nullable(),
  histogram: z.object({ labels: z.array(z.string()), counts: z.array(z.number()) }),
  findings: z.array(z.string()),
});

const bucket = z.object({
  start: z.string(),
  rows: count,
  positives: count.nullable(),
  part: z.enum(['train', 'inner', 'outer', 'left-out']),
  flagged: z.record(z.string(), count),
});

const trueGain = { measured: interval, true: z.number(), trueSe: z.number(), covered: z.boolean() };

const demo = z.object({
  planted: z.array(z.object({ defect: z.string(), mechanism: z.string(), units: count, flagged: count, hit: count })),
  gains: z.array(z.object({ defect: z.string(), repair: z.string(), title: z.string(), ...trueGain })),
  recipe: z.object(trueGain).exactOptional(),
});

const how = z.object({
  seed: count,
  versions: z.record(z.string(), z.string()),
  plan: z.record(z.string(), z.json()),
  trainer: z.record(z.string(), z.json()),
  split: z.string().nullable(),
  trainings: count,
});

const document = z.object({
  assay: z.literal('1'),
  study,
  verdict,
  defects: z.array(defect),
  errors: z.array(slice).exactOptional(),
  effects: z.array(effect),
  unmeasured: z.array(unmeasured),
  curves: z.array(curve),
  value: z.array(valueCurve).exactOptional(),
  columnsWorth: columnsWorth.exactOptional(),
  capacity: capacity.exactOptional(),
  evaluationLabels: evaluationLabels.exactOptional(),
  otherModel: otherModel.exactOptional(),
  rolling: rolling.exactOptional(),
  cleaning: z.object({ steps: z.array(step), proof: proof.nullable() }).exactOptional(),
  gate: gate.exactOptional(),
  columns: z.array(reportColumn),
  time: z.array(bucket),
  demo: demo.exactOptional(),
  how,
});

/** The document parsed at a border: keys in schema order, unknown fields left out; an invalid one is an error. */
export function parseReport(input: unknown): Report {
  const parsed = document.safeParse(input);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const message = `the report document is not valid at ${first?.path.join('.') ?? ''}: ${first?.message ?? ''}`;
  throw new AssayError('internal', { message }, { cause: parsed.error });
}

/** The JSON Schema (2020-12) that is published with the package. */
export function reportJsonSchema(): object {
  return {
    ...z.toJSONSchema(document, { target: 'draft-2020-12', io: 'input' }),
    title: 'Assay report, version 1',
  };
}

/** Holds the schema to the type: every field of either must be in the other, optional ones counted. */
type Plain<T> = T extends readonly (infer U)[]
  ? Plain<U>[]
  : T extends object
    ? { -readonly [K in keyof T]-?: Plain<T[K]> }
    : T;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
const same: Same<Plain<z.infer<typeof document>>, Plain<Report>> = true;
void same;
