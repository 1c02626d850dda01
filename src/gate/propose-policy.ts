import { stringify } from 'yaml';
import type { Curve } from '../core/effect.js';
import type { Measurement } from '../core/evidence.js';

/** What a policy is proposed from: the numbers of a run. */
export interface ProposalSource {
  readonly run: string;
  readonly measurements: readonly Measurement[];
  readonly curves: readonly Curve[];
}

/** Measurements that a limit is proposed for; what is a count or changes with the size of the data is left out. */
const proposed = [
  'duplicates.share',
  'conflicts.share',
  'missing.null-share',
  'missing.disguised-share',
  'drift.psi-excess',
];

/**
 * A policy file for data like that of a run: the default one, with a limit on each number the run measured. A limit is
 * half as much again as today's value; where a dose-response curve says how much more damage costs less than its AUC
 * budget, it is today's value and that dose. Values stand in comments, for the reader to judge.
 */
export function proposePolicy({ run, measurements, curves }: ProposalSource): string {
  const rules = measurements
    .filter(({ name, value, slice }) => proposed.includes(name) && value > 0 && slice === undefined)
    .map((measurement) => ruleText(measurement, toleranceOf(measurement, curves)));
  return [
    `# Proposed from the run ${run}. Each limit is today's value with some room; tighten what you can.`,
    'version: 1',
    'extends: default',
    ...(rules.length === 0 ? ['rules: []'] : ['rules:', ...rules]),
    '',
  ].join('\n');
}

function ruleText({ name, value, column }: Measurement, tolerance: Curve | null): string {
  const limit = tolerance === null ? value * 1.5 : value + tolerance.tolerance.dose;
  const why =
    tolerance === null
      ? ''
      : `; ${plain(tolerance.tolerance.dose)} more, as ${tolerance.mechanism}, costs less than ${plain(tolerance.tolerance.budget)} AUC`;
  const rule = { measurement: name, ...(column === undefined ? {} : { column }), max: roundUp(limit), level: 'warn' };
  const text = stringify(rule, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
  return `  - ${text} # today ${plain(value)}${why}`;
}

/** The curve that damages the same column in the same way, where some dose is within its budget. */
function toleranceOf({ name, column }: Measurement, curves: readonly Curve[]): Curve | null {
  if (name !== 'missing.null-share' || column === undefined) return null;
  const found = curves.find((curve) => curve.defect === 'missing' && curve.column === column);
  return found === undefined || found.tolerance.relation === 'below' ? null : found;
}

/** Two significant digits, never below the value. */
function roundUp(value: number): number {
  const rounded = Number(value.toPrecision(2));
  return rounded >= value ? rounded : Number((rounded * 1.05).toPrecision(2));
}

function plain(value: number): string {
  return String(Number(value.toPrecision(3)));
}
