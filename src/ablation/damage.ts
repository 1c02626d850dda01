import type { Arm } from './arm.js';
import type { Experiment, Scope } from './experiment.js';
import type { Injection, Mechanism, Unsupported } from '../core/defect.js';
import type { Overlay } from '../models/frame/frame.js';
import type { Plan } from '../core/plan.js';
import type { Run } from '../core/run.js';
import { AssayError } from '../core/errors.js';
import { atDose } from './dose.js';
import { overlayOf } from '../models/frame/overlay.js';

/** A mechanism ready to damage the study: one permutation a seed, shared by all doses of the seed. */
export interface Damage {
  /** The column it damages, where it is one. */
  readonly column: string | undefined;
  /** The study with a share of the eligible units damaged, in (0, 1]. */
  arm(dose: number): Promise<Arm>;
  /** What one seed does to the study, as a plan; its tables are there until `use` is done. */
  plan<T>(seed: number, dose: number, use: (plan: Plan, scope: Scope, units: number) => Promise<T>): Promise<T>;
  /** Drops the tables of the permutations; arms are of no use afterwards. */
  release(): Promise<void>;
}

/** The mechanisms of a registry entry carry their options already. */
const bound = {};

const scopes: Readonly<Record<Mechanism['where'], Scope>> = { train: 'train-rows', serve: 'serve', both: 'all' };

/** Prepares a mechanism; `purpose` keeps its permutations apart from those of other uses. */
export async function prepareDamage(
  experiment: Experiment,
  mechanism: Mechanism,
  purpose: string,
  run: Run,
): Promise<Damage | Unsupported> {
  const { study, frame } = experiment;
  const injections = new Map<number, Injection>();
  const runOf = (seed: number): Run => ({ ...run, random: run.random.fork(purpose).fork(`seed-${seed}`) });
  const injection = async (seed: number): Promise<Injection | Unsupported> => {
    const known = injections.get(seed);
    if (known !== undefined) return known;
    const made = await mechanism.inject(study, runOf(seed), bound);
    if (!('unsupported' in made)) injections.set(seed, made);
    return made;
  };
  const damaged = async <T>(
    seed: number,
    dose: number,
    use: (plan: Plan, units: number) => Promise<T> | T,
  ): Promise<T> => {
    const units = await injection(seed);
    if ('unsupported' in units)
      throw new AssayError('internal', { message: `${mechanism.name} damages with some seeds only` });
    const dosed = await atDose(units, dose, study, runOf(seed));
    try {
      return await use(dosed.plan, dosed.units);
    } finally {
      await run.engine.drop(dosed.truth, run);
    }
  };
  const overlay = (seed: number, dose: number): Promise<Overlay> =>
    damaged(seed, dose, (plan) => overlayOf(frame, study, plan, scopes[mechanism.where], run));

  const first = await injection(0);
  if ('unsupported' in first) return first;
  if (first.eligible === 0) return { unsupported: `There is nothing that ${mechanism.name} could damage.` };
  return {
    column: await damaged(0, 1, columnOf),
    arm: async (dose) =>
      experiment.armOf(`${mechanism.name} ${dose}`, await damaged(0, dose, (_, units) => units), (seed) =>
        overlay(seed, dose),
      ),
    plan: (seed, dose, use) => damaged(seed, dose, (plan, units) => use(plan, scopes[mechanism.where], units)),
    release: async () => {
      for (const { units } of injections.values()) await run.engine.drop(units, run);
    },
  };
}

/** The one column whose cells a plan sets, if it is one. */
function columnOf(plan: Plan): string | undefined {
  const columns = new Set(plan.steps.map((step) => (step.verb === 'set-cell' ? step.column : undefined)));
  return columns.size === 1 ? [...columns][0] : undefined;
}
