import { z } from 'zod';
import { AssayError } from '../../core/errors.js';
import { encodingNames, type EncodingName } from '../../models/encoding/encoding.js';
import { noStudies, type StudyPlan } from './studies.js';
import type { SharePlan } from '../external/share-plan.js';

/** How a budget is spent: made once, kept with the run, replayed as it is. Same plan and seed, same numbers. */
export interface TrialPlan {
  readonly version: 1;
  /** Seconds the plan was made for, and seconds of one training it was made from: for people, nothing reads them. */
  readonly budget: number;
  readonly secondsPerTraining: number;
  /** Rows sampled by whole units; null: all. */
  readonly rows: { readonly train: number | null; readonly evaluation: number | null };
  /** Boosting rounds of every arm. */
  readonly rounds: number;
  /** How categorical columns reach every model; `rank` where absent. */
  readonly encoding?: EncodingName | undefined;
  readonly seeds: {
    /** Pairs of each repair: as many as precision asks for between the two. The chain chooses on the same trials. */
    readonly gains: { readonly start: number; readonly most: number };
    readonly sensitivities: number;
    readonly curves: number;
    /** Fresh pairs for the proof. */
    readonly proof: number;
  };
  /** Doses of a curve, ascending in (0, 1]; none: no curves. */
  readonly doses: readonly number[];
  /** One more dose is measured beside each tolerance. */
  readonly refine: boolean;
  /** Curves drawn at most: those that defects list, then those of found defects, then the others. */
  readonly curves: number;
  readonly sensitivities: boolean;
  /** Repairs that go on after the first pairs, chosen by their gain on inner rows; null: all. */
  readonly keep: number | null;
  /** Value of rows, days, negatives and columns, and the size of the model: what the budget leaves for them. */
  readonly studies: StudyPlan;
  /** Trainings of a second model (`--trainer`); absent without one, null where it failed. */
  readonly second?: SharePlan | null | undefined;
  /** Fewer than 5 pairs somewhere: for this training set only, no gate reads it. */
  readonly quick: boolean;
  /** Trainings foreseen at most. */
  readonly trainings: number;
  /** What the budget left out, in words. */
  readonly leftOut: readonly string[];
}

const count = z.number().int().min(0);
const seeds = z.number().int().min(2).max(64);
const sample = z.number().int().min(1).nullable();

const schema: z.ZodType<TrialPlan> = z.strictObject({
  version: z.literal(1),
  budget: z.number().positive(),
  secondsPerTraining: z.number().positive(),
  rows: z.strictObject({ train: sample, evaluation: sample }),
  rounds: z.number().int().min(1).max(100_000),
  encoding: z.enum(encodingNames).optional(),
  seeds: z.strictObject({
    gains: z
      .strictObject({ start: seeds, most: seeds })
      .refine((gains) => gains.start <= gains.most, { error: 'start is above most' }),
    sensitivities: seeds,
    curves: seeds,
    proof: seeds,
  }),
  doses: z.array(z.number().gt(0).max(1)).refine(ascend, { error: 'doses do not ascend' }),
  refine: z.boolean(),
  curves: count,
  sensitivities: z.boolean(),
  keep: z.number().int().min(1).nullable(),
  studies: z
    .strictObject({
      rows: count,
      negatives: count,
      days: count,
      columns: count,
      capacity: count,
      encodings: count.default(0),
      origins: count.default(0),
      seeds,
    })
    .default(noStudies),
  second: z
    .strictObject({
      secondsPerTraining: z.number().positive(),
      pairs: z.number().int().min(0).max(64),
      repairs: count,
      sensitivities: count,
    })
    .refine((second) => second.pairs !== 1, { error: 'one pair has no interval' })
    .nullable()
    .optional(),
  quick: z.boolean(),
  trainings: count,
  leftOut: z.array(z.string()),
});

function ascend(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value > values[i - 1]!);
}

/** Reads a plan of trials from the text of a file. `path` is for the error. */
export function parseTrialPlan(text: string, path: string): TrialPlan {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (thrown) {
    throw new AssayError(
      'option-invalid',
      { option: '--plan', value: path, expected: 'a JSON file' },
      { cause: thrown },
    );
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const where = issue.path.length === 0 ? 'the whole' : issue.path.join('.');
  throw new AssayError('option-invalid', {
    option: '--plan',
    value: path,
    expected: `a plan of trials (${where}: ${issue.message})`,
  });
}
