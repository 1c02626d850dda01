import type { Column } from '../../../src/core/relation.js';
import type { Roles } from '../../../src/core/study.js';

/** Columns whose cells are looked at: features and roles; not the label (a null there is an error), not what was excluded. */
export function columnsLookedAt(roles: Roles, all: readonly Column[]): readonly Column[] {
  const { time, user, item, position, group, weight, features } = roles;
  const ids = new Set(
    [time, user, item, position, group, weight, ...features.map((f) => f.column)].flatMap((c) =>
      c === null ? [] : [c.id],
    ),
  );
  if (roles.label !== null) ids.delete(roles.label.column.id);
  return all.filter((column) => ids.has(column.id));
}
