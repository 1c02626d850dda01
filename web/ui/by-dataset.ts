import type { RunSummary } from '../contract/runs.js';

/** Runs by the name of their data, each newest first as they come. */
export function byDataset(runs: readonly RunSummary[]): readonly (readonly [name: string, runs: RunSummary[]])[] {
  const byName = new Map<string, RunSummary[]>();
  for (const run of runs) byName.set(run.name, [...(byName.get(run.name) ?? []), run]);
  return [...byName];
}
