import type { Plan, Verb } from '../../../core/plan.js';
import type { SchemaColumn } from '../schema.js';
import { planOf } from '../../../core/plan.js';

/** A column of A that lives on in B. */
export interface Moved {
  readonly from: string;
  readonly to: string;
  /** What its values need, on A's name. */
  readonly verbs: readonly Verb[];
}

/**
 * The plan that makes data of A data of B: columns B does not have are dropped, values are converted, then names are given
 * (through names of their own where columns change places), and new columns come last, filled as the schema says.
 */
export function migrationPlan(
  moved: readonly Moved[],
  dropped: readonly string[],
  added: readonly SchemaColumn[],
): Plan {
  const drops = dropped.map((column): Verb => ({ verb: 'drop-column', column }));
  const adds = added.map(({ name, type, fill }): Verb => {
    return { verb: 'add-column', column: name, type, as: { lit: { type, text: fill ?? null } } };
  });
  return planOf(
    'schema',
    'schema.migration',
    ...drops,
    ...moved.flatMap(({ verbs }) => verbs),
    ...renaming(moved),
    ...adds,
  );
}

function renaming(moved: readonly Moved[]): readonly Verb[] {
  const renames = moved.filter(({ from, to }) => from !== to);
  const taken = new Set(moved.map(({ from }) => from.toLowerCase()));
  const all = new Set([...taken, ...moved.map(({ to }) => to.toLowerCase())]);
  // A name that another column still has is given in a second round.
  const isTaken = ({ from, to }: Moved): boolean =>
    to.toLowerCase() !== from.toLowerCase() && taken.has(to.toLowerCase());
  const first: Verb[] = [];
  const second: Verb[] = [];
  renames.forEach((rename, i) => {
    const { from: column, to } = rename;
    if (!isTaken(rename)) {
      second.push({ verb: 'rename-column', column, to });
      return;
    }
    let between = `${to}_${i}_`;
    while (all.has(between.toLowerCase())) between += '_';
    all.add(between.toLowerCase());
    first.push({ verb: 'rename-column', column, to: between });
    second.push({ verb: 'rename-column', column: between, to });
  });
  return [...first, ...second];
}
