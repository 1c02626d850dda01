import type { Arm } from '../ablation/arm.js';
import type { Experiment } from '../ablation/experiment.js';
import type { Overlay } from '../models/frame/frame.js';
import { restrict } from '../ablation/sample.js';

/** Trains on the rows that `marks` marks, 1 a frame row, with columns replaced where `columns` are given. */
export function armOfRows(
  experiment: Experiment,
  name: string,
  marks: Uint8Array,
  columns: Overlay['columns'] = new Map(),
  units = 0,
): Arm {
  return experiment.armOf(name, units, async (seed) => {
    const base = await experiment.asIs.overlay(seed);
    return { ...restrict(base, marks), columns };
  });
}
