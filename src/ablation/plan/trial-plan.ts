import { z } from 'zod';
import { AssayError } from '../../core/errors.js';

const count = z.number().int().min(0);
const seeds = z.number().int().min(2).max(64);

/** The shape of a plan of trials in a file. */
const schema = z.strictObject({
  version: z.literal(1),
  /** Seconds the plan was made for, and seconds of one training it was made from; for people, nothing reads them. */
  budget: z.number().positive(),
  secondsPerTraining: z.number().positive(),
  /** Rows sampled by whole units; null: all. */
  rows: z.strictObject({
    train: z.number().int().min(1).nullable(),
    evaluation: z.number().int().min(1).nullable(),
  }),
  /** Boosting rounds of every arm. */
  rounds: z.number().int().min(1).max(100_000),
  seeds: z.strictObject({
    /** Pairs of each repair: as many as precision asks for between the two. The chain chooses on the same trials. */
    gains: z.strictObject({ start: seeds, most: seeds }),
    sensitivities: seeds,
    curves: seeds,
    /** Fresh pairs for the proof. */
    proof: seeds,
  }),
  /** Doses of a curve, ascending in (0, 1]; empty: no curves. One more is added around each tolerance if `refine`. */
  doses: z.array(z.number().gt(0).max(1)),
  refine: z.boolean(),
  /** Curves drawn at most; the first of the registry come first. */
  curves: count,
  sensitivities: z.boolean(),
  /** Repairs that are measured after a race on 2 seeds of inner rows; null: all, no race. */
  keep: z.number().int().min(1).nullable(),
  /** Fewer than 5 pairs somewhere: for this training set only, and no gate reads it. */
  quick: z.boolean(),
  /** Trainings foreseen at most. */
  trainings: count,
  /** What the budget left out, in words. */
  leftOut: z.array(z.string()),
});

/** How a budget is spent: made once, kept with the run, replayed as it is. Same plan, same seed: same numbers. */
export type TrialPlan = z.infer<typeof schema>;

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
