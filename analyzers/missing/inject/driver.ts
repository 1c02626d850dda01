import type { Column } from '../../../src/core/relation.js';
import type { Study } from '../../../src/core/study.js';

/** The column that drives a loss at random: the next numeric feature after the damaged one, else the next feature, else itself. */
export function driverOf(study: Study, column: Column): Column {
  const { features } = study.roles;
  const at = features.findIndex((f) => f.column.id === column.id);
  const others = [...features.slice(at + 1), ...features.slice(0, Math.max(at, 0))];
  return (others.find((f) => f.kind === 'numeric') ?? others[0])?.column ?? column;
}
