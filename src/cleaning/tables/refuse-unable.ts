import type { Step } from '../../core/plan.js';
import type { Relation } from '../../core/relation.js';
import { AssayError } from '../../core/errors.js';
import { clickHouseType } from '../../dataset/sql/clickhouse/type-names.js';
import { listOf } from '../../dataset/sql/plan/lowering.js';

/**
 * Refuses what a server cannot do, before anything is written: such a step is not left out, as one is that does not fit
 * the data. `key` are the columns by which the log names rows.
 * @throws AssayError `plan-refused`, with the verb.
 */
export function refuseUnable(steps: readonly Step[], relation: Relation, key: readonly string[]): void {
  for (const step of steps) {
    const lacks = lackOf(step, relation, key);
    if (lacks !== null) throw new AssayError('plan-refused', { step: step.id, reason: `${step.verb}: ${lacks}` });
  }
}

function lackOf(step: Step, { hash }: Relation, key: readonly string[]): string | null {
  if (listOf(step)?.of === hash) return 'it names rows by a keyed list, and a server has no such list';
  if (holds(step, 'keyedHash')) return 'a keyed hash is not made on a server, as its key must not leave this machine';
  if (step.verb === 'set-cell' && step.irreversible !== undefined && key.includes(step.column))
    return `${JSON.stringify(step.column)} is set for good, but it is the key by which the log names rows`;
  const types = [
    ...typesOf(step),
    ...('to' in step && typeof step.to === 'string' && step.verb === 'cast-column' ? [step.to] : []),
  ];
  const without = types.find((type) => clickHouseType(type) === null);
  if (without !== undefined) return `a server has no type ${without}`;
  const list = types.find((type) => type.endsWith('[]'));
  return list === undefined ? null : `a list on a server cannot be null, so no value of type ${list} is made there`;
}

/** True where the name stands anywhere in a step. */
function holds(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, name) || Object.values(value).some((inner) => holds(inner, name));
}

/** Types of the literals and columns that a step makes. */
function typesOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'type' && typeof inner === 'string' ? [inner] : typesOf(inner),
  );
}
