import type { Feature, Roles } from '../../core/study.js';
import type { Sides } from '../../dataset/sql/shapes/sides.js';
import { relationsOf } from '../../dataset/sql/shapes/sides.js';
import { typeKind } from '../../dataset/sql/type-kinds.js';

/** A column with how it is compared: by ranges of its numbers, or value by value. */
export type Compared = Feature;

/**
 * Columns that are compared: what a model sees, the item and the position. Not the user or group: they are the units
 * that were sampled, come and go by nature, and with each counted once there is nothing to compare. Not lists and
 * other nested values.
 */
export function comparedColumns(roles: Roles, sides: Sides): readonly Compared[] {
  const [reference, current] = relationsOf(sides);
  const { label, time, user, group, weight, key, item, position, features } = roles;
  const left = new Set([label?.column, time, user, group, weight, ...key].map((column) => column?.id));
  const wanted = new Map(features.map((feature) => [feature.column.id, feature]));
  if (item !== null) wanted.set(item.id, { column: item, kind: 'categorical' });
  if (position !== null && !wanted.has(position.id)) wanted.set(position.id, { column: position, kind: 'numeric' });
  const shared = new Map(current.columns.map((column) => [column.id, column]));
  return reference.columns.flatMap((column) => {
    const { id, type } = column;
    const kind = wanted.get(id)?.kind;
    const fits = !left.has(id) && shared.get(id)?.type === type && typeKind(type) !== 'other';
    return kind !== undefined && fits ? [{ column, kind }] : [];
  });
}
