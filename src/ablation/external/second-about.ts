import type { Measured } from '../effect/judge.js';
import type { SecondModel } from './second-model.js';

/** What all effects of a second model have in common. */
export function secondAbout({
  name,
  rows,
  sampled,
}: Pick<SecondModel, 'name' | 'rows' | 'sampled'>): Pick<Measured, 'metric' | 'rows' | 'on' | 'estimand' | 'model'> {
  const estimand = sampled ? 'thisTrainingSetAtN' : 'thisTrainingSet';
  return { metric: 'auc', rows, on: 'evaluation', estimand, model: name };
}
