import type { GbdtParameters } from '../models/trainer.js';
import type { Overlay } from '../models/frame/frame.js';

/** One way to train: the data as it is, or altered. Its identity is the object. */
export interface Arm {
  readonly name: string;
  /** Training units it alters; 0 as is. */
  readonly units: number;
  /** Hyper-parameters in which its model differs from the experiment's; absent: none. */
  readonly parameters?: Partial<GbdtParameters>;
  /** What trial number `seed` trains on; injected damage is drawn anew for each seed, plans are always the same. */
  overlay(seed: number): Promise<Overlay>;
}
