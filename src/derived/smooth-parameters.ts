import type { GbdtParameters } from '../models/trainer.js';

/** Slow and shallow, so that the probabilities of a row's neighbourhood are smooth. */
export const smoothParameters: GbdtParameters = {
  rounds: 60,
  learningRate: 0.1,
  leaves: 12,
  minLeafRows: 20,
  l2: 1,
  minGain: 0,
  bagging: 1,
};
