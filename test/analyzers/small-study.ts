import type { PutColumn } from '../../src/core/engine.js';
import type { Column, Relation } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Roles, Study } from '../../src/core/study.js';
import { isNumeric } from '../../src/dataset/sql/type-kinds.js';

/** Names of the columns that have a role; columns without one are features unless they are excluded. */
export interface SmallRoles {
  readonly label?: string;
  readonly time?: string;
  readonly user?: string;
  readonly domain?: string;
  readonly exclude?: readonly string[];
}

/** An un-split study over columns made in memory; labels are 0 and 1. */
export async function smallStudy(
  name: string,
  columns: readonly PutColumn[],
  roles: SmallRoles,
  run: Run,
): Promise<Study> {
  const rows = columns[0]!.values.length;
  const ids = columns.map((column, i): Column => ({ id: `c${i}`, name: column.name, type: column.type }));
  const keys: PutColumn = {
    name: 'k',
    type: 'BIGINT',
    values: BigInt64Array.from({ length: rows }, (_, i) => BigInt(i)),
  };
  await run.engine.put(name, [keys, ...columns.map((column, i) => ({ ...column, name: `c${i}` }))], run);
  const whole: Relation = { name, columns: ids, rows, split: false, hash: name };
  return {
    files: [],
    whole,
    train: whole,
    evaluation: null,
    test: null,
    reference: null,
    roles: rolesOf(ids, roles),
    split: null,
  };
}

function rolesOf(columns: readonly Column[], { label, time, user, domain, exclude = [] }: SmallRoles): Roles {
  const named = (name: string | undefined): Column | null => columns.find((c) => c.name === name) ?? null;
  const unseen = new Set([label, time, ...exclude]);
  const target = named(label);
  return {
    label: target === null ? null : { column: target, positive: '1', negative: '0' },
    time: named(time),
    user: named(user),
    item: null,
    position: null,
    group: null,
    weight: null,
    domain: named(domain),
    key: [],
    features: columns
      .filter((c) => !unseen.has(c.name))
      .map((column) => ({ column, kind: isNumeric(column.type) && column.name !== user ? 'numeric' : 'categorical' })),
    excluded: columns.filter((c) => unseen.has(c.name)).map((column) => ({ column, reason: 'in a test' })),
    reasons: {},
  };
}

/** A column of numbers; null is null. */
export function numbers(name: string, values: readonly (number | null)[]): PutColumn {
  const valid = Uint8Array.from(values, (v) => Number(v !== null));
  return { name, type: 'DOUBLE', values: Float64Array.from(values, (v) => v ?? 0), valid };
}

export function integers(name: string, values: readonly number[]): PutColumn {
  return { name, type: 'INTEGER', values: Int32Array.from(values) };
}

export function texts(name: string, values: readonly (string | null)[]): PutColumn {
  return { name, type: 'VARCHAR', values };
}

/** Moments in hours since 2026-01-05. */
export function hours(name: string, values: readonly number[]): PutColumn {
  const start = BigInt(Date.UTC(2026, 0, 5)) * 1000n;
  return {
    name,
    type: 'TIMESTAMP',
    values: BigInt64Array.from(values, (h) => start + BigInt(Math.round(h * 3_600_000_000))),
  };
}
