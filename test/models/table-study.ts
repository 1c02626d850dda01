import type { Engine } from '../../src/core/engine.js';
import type { Column, Relation } from '../../src/core/relation.js';
import type { Feature, Roles, Study } from '../../src/core/study.js';
import type { Run } from '../../src/core/run.js';
import { noRoles } from '../../src/core/study.js';

/** A column of a study made by hand; `values` are row by row. */
export interface TableColumn {
  readonly name: string;
  readonly type: 'DOUBLE' | 'VARCHAR' | 'INTEGER';
  readonly values: readonly (number | string | null)[];
  readonly role?: 'user' | 'time' | 'weight';
  readonly kind?: Feature['kind'];
}

/** A study whose rows lie in engine tables, with the given part of each row (null: un-split). The label is 0 or 1. */
export async function tableStudy(
  name: string,
  columns: readonly TableColumn[],
  label: readonly number[],
  part: readonly number[] | null,
  run: Run,
): Promise<Study> {
  const all: readonly TableColumn[] = [...columns, { name: 'y', type: 'INTEGER', values: label }];
  const typed: Column[] = all.map((column, i) => ({ id: `c${i}`, name: column.name, type: column.type }));
  const rows = label.length;
  await run.engine.put(
    `${name}_all`,
    [
      { name: 'k', type: 'BIGINT', values: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i)) },
      { name: 'part', type: 'TINYINT', values: Int32Array.from({ length: rows }, (_, i) => part?.[i] ?? 0) },
      ...all.map((column, i) => ({ name: `c${i}`, ...stored(column) })),
    ],
    run,
  );
  const relation = async (suffix: string, where: string, count: number): Promise<Relation> => {
    const list = ['k', ...(part === null ? [] : ['part']), ...typed.map((column) => column.id)].join(', ');
    const sql = `SELECT ${list} FROM ${name}_all WHERE ${where}`;
    await run.engine.write({ sql }, { kind: 'view', name: `${name}_${suffix}` }, run);
    return { name: `${name}_${suffix}`, columns: typed, rows: count, split: part !== null, hash: name };
  };
  const training = part === null ? rows : part.filter((p) => p < 2).length;
  const role = (which: TableColumn['role']): Column | null => typed[all.findIndex((c) => c.role === which)] ?? null;
  const roles: Roles = {
    ...noRoles,
    label: { column: typed.at(-1)!, positive: '1', negative: '0' },
    time: role('time'),
    user: role('user'),
    weight: role('weight'),
    features: columns.flatMap((c, i) => (c.kind === undefined ? [] : [{ column: typed[i]!, kind: c.kind }])),
  };
  return {
    files: [],
    whole: await relation('whole', 'true', rows),
    train: await relation('train', 'part < 2', training),
    evaluation: part === null ? null : await relation('evaluation', 'part IN (2, 3)', rows - training),
    test: null,
    reference: null,
    roles,
    split: null,
  };
}

function stored({ type, values }: TableColumn): Omit<Parameters<Engine['put']>[1][number], 'name'> {
  const valid = Uint8Array.from(values, (v) => (v === null ? 0 : 1));
  if (type === 'VARCHAR') return { type, values: values.map((v) => (v === null ? null : String(v))), valid };
  const numbers = values.map((v) => Number(v ?? 0));
  return { type, values: type === 'DOUBLE' ? Float64Array.from(numbers) : Int32Array.from(numbers), valid };
}
