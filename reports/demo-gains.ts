import type { Demo, TrueGain } from './model.js';

/** A true gain beside the name of what gained. */
export interface NamedGain extends TrueGain {
  readonly key: string;
  readonly title: string;
}

/** The accepted steps together, then each repair alone. */
export function namedGains(demo: Demo): readonly NamedGain[] {
  const { recipe } = demo;
  const together = recipe === undefined ? [] : [{ ...recipe, key: 'recipe', title: 'all accepted steps (the proof)' }];
  return [...together, ...demo.gains.map((gain) => ({ ...gain, key: `${gain.defect}/${gain.repair}` }))];
}
