import type { Arm } from '../arm.js';
import type { CapacityEffect } from '../../core/worth.js';
import type { Candidate } from '../repairs.js';
import type { Experiment } from '../experiment.js';
import type { Run } from '../../core/run.js';
import type { Suspect } from '../propose.js';
import { placed } from '../sensitivity.js';
import { prepareDamage } from '../damage.js';
import { seedList } from '../seeds.js';

/** What is measured on both models. Arms of injections need their tables until they are released. */
export interface CapacityEntry extends Pick<CapacityEffect, 'kind' | 'defect' | 'arm' | 'title'> {
  readonly of: Arm;
  release(): Promise<void>;
}

/**
 * At most `most` entries: first the repair of each defect with the largest effect on the ordinary model, then as much
 * again of each found defect, by the first mechanism that works; the injected units are those of its sensitivity.
 */
export async function capacityEntries(
  experiment: Experiment,
  suspects: readonly Suspect[],
  candidates: readonly Candidate[],
  most: number,
  run: Run,
): Promise<readonly CapacityEntry[]> {
  const entries: CapacityEntry[] = repairEntries(experiment, candidates).slice(0, most);
  for (const suspect of suspects) {
    if (entries.length >= most) break;
    const entry = await againEntry(experiment, suspect, run);
    if (entry !== null) entries.push(entry);
  }
  return entries;
}

function repairEntries(experiment: Experiment, candidates: readonly Candidate[]): CapacityEntry[] {
  const best = new Map<string, { readonly candidate: Candidate; readonly size: number }>();
  for (const candidate of candidates) {
    if (candidate.pairs < 2) continue;
    const { arm, defect, pairs } = candidate;
    const { estimate } = experiment.difference(arm, experiment.asIs, seedList(pairs), 'evaluation');
    const known = best.get(defect);
    if (known === undefined || Math.abs(estimate) > known.size)
      best.set(defect, { candidate, size: Math.abs(estimate) });
  }
  return [...best.values()].map(({ candidate: { defect, repair, arm } }) => ({
    kind: 'gain',
    defect,
    arm: repair.id,
    title: repair.title,
    of: arm,
    release: () => Promise.resolve(),
  }));
}

async function againEntry(experiment: Experiment, suspect: Suspect, run: Run): Promise<CapacityEntry | null> {
  const { defect, evidence } = suspect;
  if ('unsupported' in defect.inject) return null;
  for (const again of defect.again(evidence)) {
    const mechanism = placed(defect, again, defect.inject).find((m) => m.name === again.mechanism);
    if (mechanism === undefined) continue;
    const damage = await prepareDamage(experiment, mechanism, `again/${defect.id}/${mechanism.name}`, run);
    if ('unsupported' in damage) continue;
    const of = await damage.arm(again.dose);
    const arm = `${mechanism.name} (${mechanism.where})`;
    const title = `as much again, ${mechanism.name}`;
    return { kind: 'sensitivity', defect: defect.id, arm, title, of, release: () => damage.release() };
  }
  return null;
}
