import type { Experiment } from '../experiment.js';
import type { NamedTrainer } from '../../models/named-trainers.js';
import type { Run } from '../../core/run.js';
import type { SecondModel } from './second-model.js';
import { defaultParameters } from '../../models/trainer.js';
import { overlayOf } from '../../models/frame/overlay.js';
import { restrict, sampleUnits } from '../sample.js';

/** A trainer that learns from the frame of an experiment, on at most as many training rows as it can bear. */
export async function trainerModel(
  experiment: Experiment,
  name: string,
  named: NamedTrainer,
  run: Run,
): Promise<SecondModel> {
  const { study, frame } = experiment;
  const trainer = await named.create(frame, run);
  const whole = (await experiment.asIs.overlay(0)).rows;
  const keep = sampleUnits(frame, whole, named.mostRows, run.random.fork('second')) ?? marked(frame.rows, whole);
  const rows = whole.filter((row) => keep[row] === 1).length;
  return {
    name,
    rows,
    sampled: rows < whole.length || experiment.estimand === 'thisTrainingSetAtN',
    train: async (plan, scope, seed) => {
      const overlay = restrict(await overlayOf(frame, study, plan, scope, run), keep);
      const trial = { overlay, parameters: defaultParameters, seed, score: experiment.scored };
      const [result] = await trainer.train([trial]);
      return result!.scores;
    },
    close: () => trainer.close(),
  };
}

function marked(length: number, rows: Int32Array): Uint8Array {
  const marks = new Uint8Array(length);
  for (const row of rows) marks[row] = 1;
  return marks;
}
