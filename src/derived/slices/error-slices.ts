import type { Outcome } from '../../core/evidence.js';
import type { Run } from '../../core/run.js';
import type { Slice } from '../../core/slice.js';
import type { Study } from '../../core/study.js';
import { rowLosses } from '../../dataset/sql/shapes/row-losses.js';
import { slicesOf } from './slices.js';

/** The loss of a slice over what the model foretells there, from which on it is told: boosted trees are a little too modest. */
const leastLift = 1.25;

/**
 * Where the model errs: slices in which the log loss of the training rows is beyond what the probabilities themselves
 * foretell, their entropy, under models that never saw the rows. Where labels are hard to tell and the model knows it is no
 * error. `rate` is the mean loss, `lift` that over what is foretold. Null where no detector trained such models: none is trained for this, so it costs
 * the scans of {@link slicesOf} and no more.
 */
export async function errorSlices(
  study: Study,
  outcomes: ReadonlyMap<string, Outcome>,
  run: Run,
): Promise<readonly Slice[] | null> {
  const [predictions] = [...outcomes.values()].flatMap((o) =>
    o.outcome === 'ok' && o.evidence.predictions !== undefined ? [o.evidence.predictions] : [],
  );
  if (predictions === undefined) return null;
  return slicesOf(study, 'model-error', rowLosses(predictions), run, leastLift);
}
