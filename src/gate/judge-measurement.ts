import type { Measurement } from '../core/evidence.js';
import type { Bound } from '../core/gate.js';
import type { GateEvidence, PastRun } from './evidence.js';
import type { Rule } from './policy.js';
import { nearest } from '../core/nearest.js';
import { unknown, type RuleFinding } from './finding.js';
import { changeRate } from './change-rate.js';
import { robustZ } from './robust-z.js';

/** A rule on a measurement. */
export type MeasurementRule = Rule & { readonly on: { readonly kind: 'measurement' } };

/** One number held against the limit. */
interface Held {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly where: string;
}

/**
 * Holds a measurement against its limit: the value itself, its change against the baseline run, or its distance from
 * the runs before (robust z, or change as a share of their median). Without a column in the rule, the worst column decides.
 */
export function judgeMeasurement(rule: MeasurementRule, evidence: GateEvidence): RuleFinding {
  const found = measured(rule, evidence);
  if (typeof found === 'string') return unknown(found);
  const held: Held[] = [];
  for (const measurement of found) {
    const number = holding[rule.bound](measurement, evidence);
    if (typeof number === 'string') return unknown(number);
    held.push({ ...number, where: placeOf(measurement) });
  }
  const worst = held.reduce((a, b) => (beyond(rule, b.value) > beyond(rule, a.value) ? b : a));
  const state = beyond(rule, worst.value) > 0 ? 'breach' : 'within';
  return { state, value: worst.value, low: worst.low, high: worst.high, note: worst.where };
}

/** How far a value lies beyond the limit; at most 0 inside it. */
function beyond({ bound, limit }: Rule, value: number): number {
  return bound === 'min' ? limit - value : value - limit;
}

/** The measurements a rule is about, at least one; or why there are none. */
function measured({ on }: MeasurementRule, evidence: GateEvidence): readonly Measurement[] | string {
  const id = on.name.slice(0, on.name.indexOf('.'));
  const analyzer = evidence.analyzers.find((a) => a.id === id);
  if (analyzer === undefined) return `${id} was not run`;
  if (analyzer.outcome !== 'ok') return `${analyzer.title} ${outcomeWords[analyzer.outcome]}: ${analyzer.reason ?? ''}`;
  if (on.column !== null && !evidence.columns.includes(on.column)) {
    const near = nearest(on.column, evidence.columns);
    return `there is no column ${JSON.stringify(on.column)}${near === null ? '' : `; did you mean ${JSON.stringify(near)}?`}`;
  }
  const found = analyzer.measurements.filter(
    (m) => m.name === on.name && (on.column === null || m.column === on.column),
  );
  if (found.length > 0) return found;
  const absent = evidence.absent.get(on.name);
  if (absent === undefined) return `the audit gives no ${on.name}${on.column === null ? '' : ` for ${on.column}`}`;
  return [{ name: on.name, value: absent, unit: 'count', ...(on.column === null ? {} : { column: on.column }) }];
}

const outcomeWords = { 'not-applicable': 'does not apply', failed: 'failed', cancelled: 'was cancelled' } as const;

type Holding = (measurement: Measurement, evidence: GateEvidence) => Omit<Held, 'where'> | string;

/** The number each bound is about, or why it cannot be known. */
const holding: Readonly<Record<Bound, Holding>> = {
  max: itself,
  min: itself,
  budget: itself,
  'max-change': (measurement, { baseline, absent }) => {
    if (baseline === null) return 'there is no baseline run; name one with --baseline or in the policy';
    const before = valueIn(baseline, measurement, absent);
    if (before === null) return `the baseline run ${baseline.id} has no ${measurement.name}${ofColumn(measurement)}`;
    return { value: measurement.value - before, low: null, high: null };
  },
  'max-z': (measurement, { history, absent }) => {
    const z = robustZ(measurement.value, seriesOf(measurement, history, absent));
    return typeof z === 'string' ? z : { value: Math.abs(z), low: null, high: null };
  },
  'max-change-rate': (measurement, { history, absent }) => {
    const rate = changeRate(measurement.value, seriesOf(measurement, history, absent));
    return typeof rate === 'string' ? rate : { value: Math.abs(rate), low: null, high: null };
  },
};

/** The same measurement in earlier runs, newest first; runs without it are passed over. */
function seriesOf(
  measurement: Measurement,
  history: readonly PastRun[],
  absent: ReadonlyMap<string, number>,
): readonly number[] {
  return history.flatMap((run) => valueIn(run, measurement, absent) ?? []);
}

function itself({ value, low, high }: Measurement): Omit<Held, 'where'> {
  return { value, low: low ?? null, high: high ?? null };
}

/** The same measurement in another run. */
function valueIn(run: PastRun, measurement: Measurement, absent: ReadonlyMap<string, number>): number | null {
  const same = run.measurements.find(
    (m) => m.name === measurement.name && m.column === measurement.column && m.slice === measurement.slice,
  );
  if (same !== undefined) return same.value;
  return run.looked(measurement.name) ? (absent.get(measurement.name) ?? null) : null;
}

function placeOf({ column, slice }: Measurement): string {
  return [column, slice].filter((part) => part !== undefined).join(', ');
}

function ofColumn({ column }: Measurement): string {
  return column === undefined ? '' : ` of ${column}`;
}
