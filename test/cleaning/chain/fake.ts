import type { Arm } from '../../../src/ablation/arm.js';
import type { Experiment } from '../../../src/ablation/experiment.js';
import type { Repair } from '../../../src/core/defect.js';
import type { Candidate } from '../../../src/ablation/repairs.js';
import type { Frame, Overlay } from '../../../src/models/frame/frame.js';
import type { On, RowSet } from '../../../src/ablation/effect/row-set.js';
import type { Summary } from '../../../src/ablation/effect/summary.js';
import { createRandom } from '../../../src/core/random.js';
import { normalQuantile } from '../../../src/stats/distributions.js';
import { paired, single } from '../../../src/ablation/effect/paired.js';
import { planOf } from '../../../src/core/plan.js';

/** A repair whose true gain is known. Gains add up unless `redundant` names a repair that already wins the same back. */
export interface FakeRepair {
  readonly id: string;
  readonly gain: number;
  readonly defect?: string;
  readonly redundant?: string;
  /** Training rows it drops. */
  readonly drops?: readonly number[];
  readonly pairs?: number;
  readonly strength?: number;
  /** The same at other strengths. */
  readonly others?: readonly FakeRepair[];
}

export interface FakeWorld {
  readonly experiment: Experiment;
  readonly candidates: readonly Candidate[];
  /** Row sets asked for, in order. */
  readonly asked: On[];
  /** Seeds the outer rows were looked at with. */
  readonly outerSeeds: Set<number>;
}

const rows = 1000;
/** Standard errors of a gain, by test rows, and luck of a seed: about those of a log of 200,000 rows. */
const testSe = { inner: 0.0024, outer: 0.0017, evaluation: 0.0014 } as const;
const luck = 0.0012;
const units = 300;

/** An experiment without a trainer: scores are true gains plus unit noise and seed luck, drawn by name. */
export function fakeWorld(repairs: readonly FakeRepair[], seed: number, noise = 1): FakeWorld {
  const random = createRandom(seed);
  const asked: On[] = [];
  const outerSeeds = new Set<number>();
  const effects = new Map<Arm, readonly FakeRepair[]>();
  const asIs: Arm = { name: 'as is', units: 0, overlay: () => Promise.resolve(overlayWithout([])) };
  effects.set(asIs, []);
  const armOfRepairs = (name: string, applied: readonly FakeRepair[]): Arm => {
    const gone = applied.flatMap((r) => r.drops ?? []);
    const arm = { name, units: gone.length, overlay: () => Promise.resolve(overlayWithout(gone)) };
    effects.set(arm, applied);
    return arm;
  };
  const summary = (arm: Arm, on: On, trial: number): Summary => {
    const applied = effects.get(arm)!;
    const byUnit = new Float64Array(units);
    let value = 0.72;
    for (const repair of applied) {
      value += applied.some((other) => other.id === repair.redundant) ? 0 : repair.gain;
      const draw = random.fork(`${repair.id} ${on}`);
      let moved = 0;
      for (let k = 0; k < units; k++) {
        const q = ((noise * testSe[on]) / Math.sqrt(units)) * normal(draw.at(k));
        byUnit[k] = byUnit[k]! + q;
        moved += q;
      }
      value += moved + noise * luck * normal(random.fork(repair.id).at(trial));
    }
    return { value, byUnit };
  };
  const experiment: Experiment = {
    study: undefined as never, // the chain never looks at it
    frame: fakeFrame(),
    model: 'fake',
    estimand: 'thisTrainingSet',
    rounds: 10,
    trainRows: rows,
    asIs,
    arm: (name, plan) => {
      const ids = plan.steps.map((step) => step.code);
      return Promise.resolve(
        armOfRepairs(
          name,
          repairs.flatMap((r) => [r, ...(r.others ?? [])]).filter((r) => ids.includes(r.id)),
        ),
      );
    },
    laid: (name) =>
      armOfRepairs(
        name,
        repairs.filter((r) => name.endsWith(`/${r.id}`)),
      ),
    armOf: (name, count, overlay) => ({ name, units: count, overlay }),
    rows: (on) => rowsOf(on),
    train: () => Promise.resolve(),
    difference: (first, second, seeds, of) => {
      const on = namedOf(of);
      asked.push(on);
      if (on === 'outer') for (const s of seeds) outerSeeds.add(s);
      return paired(
        seeds.map((s) => summary(first, on, s)),
        seeds.map((s) => summary(second, on, s)),
      );
    },
    level: (arm, seeds, of) => single(seeds.map((s) => summary(arm, namedOf(of), s))),
    forget: () => {},
    trainings: () => 0,
    scored: new Int32Array(0),
    seedOf: (pair) => pair,
    trials: () => [],
  };
  const candidates = repairs.map((r): Candidate => {
    return { defect: r.defect ?? r.id, repair: repairOf(r), arm: armOfRepairs(r.id, [r]), pairs: r.pairs ?? 8 };
  });
  return { experiment, candidates, asked, outerSeeds };
}

function repairOf(r: FakeRepair): Repair {
  const plan = planOf(r.defect ?? r.id, r.id, { verb: 'drop-row', where: { all: true } });
  const strength = r.strength === undefined ? {} : { strength: r.strength };
  return { id: r.id, title: r.id, plan, units: 1, ...strength, others: (r.others ?? []).map(repairOf) };
}

function namedOf(of: On | RowSet): On {
  return typeof of === 'string' ? of : of.on;
}

function normal(u: number): number {
  return normalQuantile(Math.max(u, 1e-12));
}

function rowsOf(on: On): RowSet {
  const count = on === 'inner' ? 1100 : on === 'outer' ? 2200 : 3300;
  const at = new Int32Array(count * 10);
  return { on, at, label: new Uint8Array(at.length), weight: null, unit: at, units, positives: count };
}

function overlayWithout(gone: readonly number[]): Overlay {
  const left = Int32Array.from({ length: rows }, (_, i) => i).filter((row) => !gone.includes(row));
  return {
    columns: new Map(),
    masked: [],
    rows: left,
    label: left.length === 0 ? new Uint8Array(0) : Uint8Array.from(left, labelOf),
    weight: null,
    touched: gone.length,
  };
}

/** One row in ten is positive. */
function labelOf(row: number): number {
  return row % 10 === 0 ? 1 : 0;
}

/** Ten days of 100 training rows. */
function fakeFrame(): Frame {
  return {
    rows,
    stride: 8,
    bins: new Uint8Array(rows * 8),
    columns: [],
    label: Uint8Array.from({ length: rows }, (_, i) => labelOf(i)),
    weight: null,
    keys: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i)),
    part: new Uint8Array(rows),
    unit: Int32Array.from({ length: rows }, (_, i) => i),
    units: rows,
    time: Float64Array.from({ length: rows }, (_, i) => Math.floor(i / 100) * 86_400),
    codes: new Map(),
    twins: null,
  };
}
