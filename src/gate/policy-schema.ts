import { z } from 'zod';
import type { Exemption, OnUnknown } from './policy.js';

/** The policy file as people write it. */
export interface PolicyFile {
  readonly version: 1;
  readonly name?: string | undefined;
  /** A shipped policy by its name, or a file beside this one. */
  readonly extends?: string | undefined;
  readonly unknown?: OnUnknown | undefined;
  /** What an analyzer that did not finish does; as `unknown` where absent. */
  readonly analyzers?: 'fail' | 'warn' | undefined;
  readonly baseline?: string | undefined;
  readonly rules: readonly RuleEntry[];
  readonly exemptions: readonly Exemption[];
}

/** A rule about one of measurement, gain and sensitivity, with one limit or several. */
export interface RuleEntry {
  readonly measurement?: string | undefined;
  readonly gain?: string | undefined;
  readonly sensitivity?: string | undefined;
  readonly column?: string | undefined;
  readonly max?: number | undefined;
  readonly min?: number | undefined;
  readonly 'max-change'?: number | undefined;
  readonly 'max-z'?: number | undefined;
  readonly 'max-change-rate'?: number | undefined;
  readonly budget?: number | undefined;
  readonly level: 'fail' | 'warn';
  readonly unknown?: OnUnknown | undefined;
}

const limit = z.number();
const says = <T extends z.ZodType>(type: T, description: string): T => type.describe(description);
const onUnknown = z.enum(['fail', 'warn', 'pass']);

const rule = z.strictObject({
  measurement: says(z.string().optional(), 'a number of an analyzer, such as missing.null-share'),
  gain: says(z.string().optional(), 'a defect, or * for all: the AUC that its repairs gain'),
  sensitivity: says(z.string().optional(), 'a defect, or * for all: the AUC that as much damage again costs'),
  column: says(z.string().optional(), 'of a measurement; without it the worst column decides'),
  max: says(limit.optional(), 'the value is at most this'),
  min: says(limit.optional(), 'the value is at least this'),
  'max-change': says(limit.optional(), 'the value less that of the baseline run is at most this'),
  'max-z': says(
    limit.positive('expected a number above 0').optional(),
    'the value is at most this many robust standard deviations from the median of the last runs: 5 to 20 of the same data',
  ),
  'max-change-rate': says(
    limit.positive('expected a number above 0').optional(),
    'the value is at most this many times its median over the last runs away from that median: .5 is half as much again, or half',
  ),
  budget: says(limit.nonnegative('expected an AUC budget of 0 or more').optional(), 'of gain and sensitivity, in AUC'),
  level: z.enum(['fail', 'warn']).default('fail'),
  unknown: says(onUnknown.optional(), 'what the rule does where it cannot be decided'),
});

const exemption = z.strictObject({
  rule: z.string(),
  until: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day as YYYY-MM-DD'),
  reason: z.string().min(1, 'expected a reason'),
});

const shape = z.strictObject({
  version: z.literal(1, 'expected version: 1'),
  name: z.string().optional(),
  extends: z.string().optional(),
  unknown: says(onUnknown.optional(), 'what a rule does that cannot be decided; fail where absent'),
  analyzers: says(
    z.enum(['fail', 'warn']).optional(),
    'what an analyzer that did not finish does; as unknown where absent',
  ),
  baseline: says(z.string().optional(), 'the run that max-change looks at: an id, a folder, or latest'),
  rules: z.array(rule).default([]),
  exemptions: z.array(exemption).default([]),
});

/** Parses a policy file at the border. */
export const policyFile: z.ZodType<PolicyFile> = shape;

/** Every key a policy file may use, for suggestions. */
export const policyKeys: readonly string[] = [shape, rule, exemption].flatMap((object) => Object.keys(object.shape));

/** The JSON Schema (2020-12) of policy files, published with the package. */
export function policyJsonSchema(): object {
  return { ...z.toJSONSchema(shape, { target: 'draft-2020-12', io: 'input' }), title: 'Assay policy, version 1' };
}
