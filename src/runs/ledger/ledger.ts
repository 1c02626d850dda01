import type { Report } from '../../../reports/model.js';
import type { Strategy, Trial } from './strategy.js';

/** A run as the ledger reads it. */
export interface LedgerRun {
  readonly id: string;
  readonly seconds: number;
  readonly trainings: number;
  readonly report: Pick<Report, 'cleaning' | 'gate'>;
}

/** One line of the ledger: a strategy with the sum of its record. */
export interface LedgerLine {
  readonly strategy: Strategy;
  readonly proposed: number;
  readonly accepted: number;
  readonly paid: number;
  /** Mean of the measured gains. Limits are averaged too, as if all runs shared their rows, which they often do. */
  readonly gain: Trial['gain'];
  /** Rows or cells touched over all runs. */
  readonly units: number;
  /** Seconds over all runs; null for rules. */
  readonly seconds: number | null;
  /** True where it was tried in at least as many runs as are looked back on, and paid in none of the newest of them. */
  readonly idle: boolean;
}

/**
 * Every repair and rule of the runs (newest first), those that gain most first, then those that paid most often; ties by
 * name. Repairs come before rules. `last` is how many tries back a strategy must have paid.
 */
export function ledgerOf(runs: readonly LedgerRun[], last: number): readonly LedgerLine[] {
  const lines = strategiesOf(runs).map((strategy) => lineOf(strategy, last));
  return lines.toSorted(
    (a, b) =>
      Number(a.strategy.kind === 'rule') - Number(b.strategy.kind === 'rule') ||
      (b.gain?.value ?? -Infinity) - (a.gain?.value ?? -Infinity) ||
      b.paid - a.paid ||
      (a.strategy.name < b.strategy.name ? -1 : 1),
  );
}

function lineOf(strategy: Strategy, last: number): LedgerLine {
  const { record } = strategy;
  const gains = record.flatMap(({ gain }) => gain ?? []);
  const mean = (of: (gain: NonNullable<Trial['gain']>) => number): number => total(gains.map(of)) / gains.length;
  const seconds = record.flatMap((trial) => trial.seconds ?? []);
  return {
    strategy,
    proposed: record.length,
    accepted: record.filter((trial) => trial.accepted).length,
    paid: record.filter((trial) => trial.paid).length,
    gain:
      gains.length === 0 ? null : { value: mean((g) => g.value), low: mean((g) => g.low), high: mean((g) => g.high) },
    units: total(record.map((trial) => trial.units)),
    seconds: seconds.length === 0 ? null : total(seconds),
    idle: record.length >= last && !record.slice(0, last).some((trial) => trial.paid),
  };
}

function strategiesOf(runs: readonly LedgerRun[]): readonly Strategy[] {
  const found = new Map<string, { kind: Strategy['kind']; name: string; record: Trial[] }>();
  for (const run of runs) {
    for (const { kind, name, trial } of [...repairsIn(run), ...rulesIn(run)]) {
      const known = found.get(`${kind} ${name}`) ?? { kind, name, record: [] };
      known.record.push(trial);
      found.set(`${kind} ${name}`, known);
    }
  }
  return [...found.values()];
}

interface Tried extends Pick<Strategy, 'kind' | 'name'> {
  readonly trial: Trial;
}

function repairsIn({ id, seconds, trainings, report: { cleaning } }: LedgerRun): readonly Tried[] {
  return (cleaning?.steps ?? []).map(({ defect, repair, decision, gain, units, seeds }) => {
    const accepted = decision === 'accepted';
    const trial: Trial = {
      run: id,
      paid: accepted && cleaning?.proof?.holds === true,
      accepted,
      gain,
      units: accepted ? units : 0,
      seconds: trainings === 0 ? 0 : (seconds * seeds) / trainings,
    };
    return { kind: 'repair', name: `${defect}/${repair}`, trial };
  });
}

/** Rules that stand for an analyzer that did not finish are no policy's, and are left out. */
function rulesIn({ id, report: { gate } }: LedgerRun): readonly Tried[] {
  return (gate?.rules ?? [])
    .filter(({ rule }) => !rule.startsWith('analyzer:'))
    .map(({ rule, bound, state }) => {
      const accepted = state !== 'unknown';
      const trial: Trial = { run: id, paid: state === 'breach', accepted, gain: null, units: 0, seconds: null };
      return { kind: 'rule', name: `${rule} ${bound}`, trial };
    });
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
