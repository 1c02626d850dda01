import type { Column, Relation } from '../../core/relation.js';
import type { Run } from '../../core/run.js';
import type { Roles, Study } from '../../core/study.js';
import type { ColumnRole, Portrait, Schema, SchemaColumn } from './schema.js';
import { version } from '../../core/version.js';
import { extremes, topValues } from '../../dataset/sql/shapes/histograms.js';
import { listLengths } from '../../dataset/sql/shapes/list-lengths.js';
import { isNumeric, typeKind } from '../../dataset/sql/type-kinds.js';
import { wilson } from '../../stats/proportion.js';
import { portraits } from './portrait.js';
import { rangeOf } from './range.js';
import { unitOf } from './unit-name.js';

/** With more values a text column has no vocabulary worth writing down. */
const mostValues = 200;
/** A vocabulary is closed where each value was seen this often: then hardly one was missed. */
const leastSeen = 5;
/** A value in at least this share of the rows makes its column sparse. */
const sparseShare = 0.9;
/** How sure one can be that data of the same law is as present as is asked. */
const sureness = 0.999;

/**
 * The schema of the training rows: types and roles as they are; presence, ranges and vocabularies such that another sample
 * of the same law keeps to them. The label and the weight are expected in training only.
 */
export async function inferSchema({ train, roles }: Study, run: Run): Promise<Schema> {
  const { columns, rows } = train;
  const sides = { kind: 'relations', reference: train, current: train } as const;
  const drawn = await portraits(sides, 'reference', columns, rows, run);
  const { engine } = run;
  const [ends = {}] = columns.length === 0 ? [] : await engine.rows(extremes(train, columns, engine.dialect), 1, run);
  const vocabularies = await valuesOf(train, columns, drawn, run);
  const lengths = await lengthsOf(train, run);
  return {
    version: 1,
    made: { assay: version, rows },
    environments: ['training', 'serving'],
    columns: columns.map((column, i): SchemaColumn => {
      const seen = drawn[i]!;
      const role = roleOf(column, roles);
      const numbers = isNumeric(column.type) && role !== 'time';
      const [low, high] = [Number(ends[`l${i}`] ?? Number.NaN), Number(ends[`h${i}`] ?? Number.NaN)];
      const unit = unitOf(column.name, column.type, seen, role);
      const isIdentity = role === 'user' || role === 'item' || role === 'key' || role === 'group';
      const [top] = seen.levels ?? [];
      const values = vocabularies.get(column.id);
      const length = lengths.get(column.id);
      return {
        name: column.name,
        type: column.type,
        role,
        ...(unit === null ? {} : { unit }),
        ...(role === 'label' || role === 'weight' ? { environments: ['training'] } : {}),
        presence: presenceOf(Number(ends[`n${i}`] ?? 0), rows),
        ...(numbers && !isIdentity && Number.isFinite(low)
          ? { range: rangeOf(low, high, column.type, seen, rows) }
          : {}),
        ...(values === undefined ? {} : { values }),
        ...(length === undefined ? {} : { length }),
        ...(top !== undefined && top[1] >= sparseShare && role === 'feature' ? { sparse: top[0] } : {}),
        seen,
      };
    }),
  };
}

/** The share that is sure to be present, rounded down; 1 where no cell is empty. */
function presenceOf(nulls: number, rows: number): number {
  if (nulls === 0) return 1;
  return Math.floor(1000 * wilson(rows - nulls, rows, sureness).low) / 1000;
}

/** The vocabulary of each text column that has one. */
async function valuesOf(
  train: Relation,
  columns: readonly Column[],
  drawn: readonly Portrait[],
  run: Run,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const asked = columns.filter(({ type }, i) => typeKind(type) === 'text' && drawn[i]!.levels !== undefined);
  const found = new Map<string, readonly string[]>();
  if (asked.length === 0) return found;
  const query = topValues(train, asked, mostValues + 1);
  const rows = await run.engine.rows(query, asked.length * (mostValues + 1), run);
  asked.forEach((column, place) => {
    const own = rows.filter((row) => Number(row['place']) === place);
    if (own.length > mostValues || own.some((row) => Number(row['n']) < leastSeen)) return;
    found.set(column.id, own.map((row) => String(row['value'])).sort());
  });
  return found;
}

/** Bounds of the lengths of list columns: as seen where all are equal, else with room to grow. */
async function lengthsOf(train: Relation, run: Run): Promise<ReadonlyMap<string, readonly [number, number]>> {
  const lists = train.columns.filter(({ type }) => type.endsWith('[]'));
  if (lists.length === 0) return new Map();
  const [row = {}] = await run.engine.rows(listLengths(train, lists), 1, run);
  return new Map(
    lists.flatMap(({ id }, i) => {
      if (row[`l${i}`] === null || row[`l${i}`] === undefined) return [];
      const [least, most] = [Number(row[`l${i}`]), Number(row[`h${i}`])];
      return [[id, least === most ? [least, most] : [0, 2 * most]] as const];
    }),
  );
}

/** The role of a column; a column of several has the first of these. */
function roleOf({ id }: Column, roles: Roles): ColumnRole {
  const { label, time, user, item, position, group, weight } = roles;
  const named = { label: label?.column ?? null, weight, time, user, item, position, group };
  for (const [name, column] of Object.entries(named)) if (column?.id === id) return name as keyof typeof named;
  if (roles.key.some((column) => column.id === id)) return 'key';
  return roles.features.some((f) => f.column.id === id) ? 'feature' : 'excluded';
}
