import { z } from 'zod';
import type { Exemption, OnUnknown } from './policy.js';

/** The policy file as people write it. */
export interface PolicyFile {
  readonly version: 1;
  readonly name?: string | undefined;
  /** A shipped policy by its name, or a file beside this one. */
  readonly extends?: string | undefined;
  readonly unknown?: OnUnknown | undefined;
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
  readonly budget?: number | undefined;
  readonly level: 'fail' | 'warn';
  readonly unknown?: OnUnknown | undefined;
}

const limit = z.number();
const onUnknown = z.enum(['fail', 'warn', 'pass']);

const rule = z.strictObject({
  measurement: z.string().optional(),
  gain: z.string().optional(),
  sensitivity: z.string().optional(),
  column: z.string().optional(),
  max: limit.optional(),
  min: limit.optional(),
  'max-change': limit.optional(),
  'max-z': limit.positive('expected a number above 0').optional(),
  budget: limit.nonnegative('expected an AUC budget of 0 or more').optional(),
  level: z.enum(['fail', 'warn']).default('fail'),
  unknown: onUnknown.optional(),
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
  unknown: onUnknown.optional(),
  analyzers: z.enum(['fail', 'warn']).optional(),
  baseline: z.string().optional(),
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
