import type { Column, Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import type { TypeName } from '../core/plan.js';
import { alignedView, cellCount } from './sql/align-view.js';
import { kindOf, isInteger } from './roles/column-kind.js';

/** Relations with the same column ids and types, columns matched by name. */
export interface Aligned {
  readonly whole: Relation;
  readonly others: readonly (Relation | null)[];
}

/**
 * Brings other files under the columns of the whole: same ids, and one type that holds the values of all without a
 * loss. Columns the whole does not have are left out; keys of others start after `files` (per relation), so that no
 * two rows of a study share a key.
 */
export async function alignRelations(
  whole: Relation,
  others: readonly ({ readonly relation: Relation; readonly firstFile: number } | null)[],
  run: Run,
): Promise<Aligned> {
  const columns: Column[] = [];
  for (const column of whole.columns) {
    const same = others.flatMap((o) => {
      const twin = o?.relation.columns.find((c) => c.name === column.name);
      return o === null || twin === undefined ? [] : [{ relation: o.relation, column: twin }];
    });
    const type = await commonType([{ relation: whole, column }, ...same], run);
    columns.push(type === column.type ? column : { ...column, type });
  }
  const changed = columns.some((c, i) => c !== whole.columns[i]);
  return {
    whole: changed ? await view(whole, columns, 0, run) : whole,
    others: await Promise.all(
      others.map(async (o) => (o === null ? null : view(o.relation, columns, o.firstFile, run))),
    ),
  };
}

async function view(relation: Relation, columns: readonly Column[], firstFile: number, run: Run): Promise<Relation> {
  const pairs = columns.flatMap((to) => {
    const from = relation.columns.find((c) => c.name === to.name);
    return from === undefined ? [] : [{ from, to }];
  });
  const name = `${relation.name}_aligned`;
  await run.engine.write(alignedView(relation, pairs, firstFile), { kind: 'view', name }, run);
  const aligned = pairs.map(({ from, to }): Column => ({
    id: to.id,
    name: to.name,
    type: to.type,
    ...(from.blanks === undefined || to.type === 'VARCHAR' ? {} : { blanks: from.blanks }),
  }));
  return { ...relation, name, columns: aligned };
}

interface Held {
  readonly relation: Relation;
  readonly column: Column;
}

async function commonType(held: readonly Held[], run: Run): Promise<TypeName> {
  let type = held[0]!.column.type;
  for (const { column } of held.slice(1)) type = wider(type, column.type);
  const typed = held.find((h) => h.column.type !== 'VARCHAR');
  if (type !== 'VARCHAR' || typed === undefined) return type;
  // A column without values is text only because nothing says otherwise.
  const narrow = held
    .filter((h) => h.column.type !== 'VARCHAR')
    .reduce((t, h) => wider(t, h.column.type), typed.column.type);
  for (const { relation, column } of held.filter((h) => h.column.type === 'VARCHAR')) {
    const [row] = await run.engine.rows(cellCount(relation, column), 1, run);
    if (Number(row!['cells']) > 0) return 'VARCHAR';
  }
  return narrow;
}

/** The narrowest type that holds the values of both. */
function wider(a: TypeName, b: TypeName): TypeName {
  if (a === b) return a;
  const kinds = [kindOf(a), kindOf(b)];
  if (kinds.every((k) => k === 'number') && a !== 'BOOLEAN' && b !== 'BOOLEAN')
    return isInteger(a) && isInteger(b) && a !== 'UBIGINT' && b !== 'UBIGINT' ? 'BIGINT' : 'DOUBLE';
  if (kinds.every((k) => k === 'moment')) return [a, b].includes('TIMESTAMPTZ') ? 'TIMESTAMPTZ' : 'TIMESTAMP';
  return 'VARCHAR';
}
