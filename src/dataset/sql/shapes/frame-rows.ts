import type { Dialect, Query } from '../../../core/engine.js';
import type { Relation } from '../../../core/relation.js';
import type { Feature, Label, Roles } from '../../../core/study.js';
import type { TypeName } from '../../../core/plan.js';
import type { UnitDraw } from './unit-sample.js';
import { labelSql } from '../label.js';
import { typeKind } from '../type-kinds.js';

/** A column under its internal id with the type it has where it is read. */
export interface TypedColumn {
  readonly id: string;
  readonly type: TypeName;
}

/**
 * All rows of a relation as a model reads them, in key order: `k`, `part`, `y` (0 or 1; 0 without a label), then `w`, `u`, `t` where the
 * study has weights, a sampling unit and time, then `f0`, `f1` … for the features.
 */
export function frameRows(relation: Relation, roles: Roles, label: Label | null, dialect: Dialect): Query {
  const unit = roles.user ?? roles.group;
  const fields = [
    'k',
    relation.split ? 'CAST(part AS INTEGER) AS part' : 'CAST(0 AS INTEGER) AS part',
    label === null ? 'CAST(0 AS INTEGER) AS y' : `${labelSql(label, dialect)} AS y`,
    ...(roles.weight === null ? [] : [`${numberOf(roles.weight, dialect)} AS w`]),
    ...(unit === null ? [] : [`${textOf(unit)} AS u`]),
    ...(roles.time === null ? [] : [`${dialect.epoch(roles.time.id, roles.time.type)} AS t`]),
    ...featureFields(
      roles.features.map((feature) => [feature, feature.column]),
      dialect,
    ),
  ];
  return { sql: `SELECT ${fields.join(', ')} FROM ${relation.name} ORDER BY k` };
}

/** A feature to be read, and for a categorical one the table `(v, b)` of its levels and their bins. */
export interface BinnedFeature {
  readonly feature: Feature;
  readonly levels: string | null;
}

/**
 * All rows as a model reads them, in any order, those that a draw takes too, since a condition on it would make each draw
 * twice: `k`, `y` as in {@link frameRows}, `u` the draw, then `f0`, `f1` … for the given features: values of numeric ones, bins of categorical
 * ones, `missing` where there is no such level. Texts are looked up here, since each would be an object there.
 */
export function rowsWithDraw(
  relation: Relation,
  label: Label,
  features: readonly BinnedFeature[],
  { draw }: UnitDraw,
  missing: number,
  dialect: Dialect,
): Query {
  const cells = featureFields(
    features.map(({ feature }) => [feature, feature.column]),
    dialect,
  );
  const rows = `SELECT ${['k', `${labelSql(label, dialect)} AS y`, `${draw} AS u`, ...cells].join(', ')} FROM ${relation.name}`;
  const read = features.map(({ levels }, i) =>
    levels === null ? `r.f${i} AS f${i}` : `CAST(coalesce(l${i}.b, ${missing}) AS INTEGER) AS f${i}`,
  );
  const joins = features.map(({ levels }, i) =>
    levels === null ? '' : ` LEFT JOIN ${levels} AS l${i} ON l${i}.v = r.f${i}`,
  );
  return {
    sql: `SELECT ${['r.k AS k', 'r.y AS y', 'r.u AS u', ...read].join(', ')} FROM (${rows}) AS r${joins.join('')}`,
  };
}

/** Values `f0`, `f1` … of numeric features in a keyed sample of the rows, `share` of them; in any order. */
export function sampledValues(
  relation: Relation,
  features: readonly Feature[],
  share: number,
  seed: string,
  dialect: Dialect,
): Query {
  const where = share >= 1 ? '' : ` WHERE ${dialect.uniform(seed, 'k')} < ${share}`;
  const fields = featureFields(
    features.map((feature) => [feature, feature.column]),
    dialect,
  );
  return { sql: `SELECT ${fields.join(', ')} FROM ${relation.name}${where}` };
}

/** Values `f0` of a numeric feature, in key order. */
export function valuesByKey(relation: Relation, feature: Feature, dialect: Dialect): Query {
  const [field] = featureFields([[feature, feature.column]], dialect);
  return { sql: `SELECT ${field} FROM ${relation.name} ORDER BY k` };
}

/** Levels `v` of a column with their rows `n`, the most frequent first, ties by text; nulls are left out. */
export function levelFrequencies(relation: Relation, column: TypedColumn): Query {
  const value = textOf(column);
  return {
    sql: `SELECT v, n FROM (SELECT ${value} AS v, count(*) AS n FROM ${relation.name} GROUP BY ${value})
      WHERE v IS NOT NULL ORDER BY n DESC, v`,
  };
}

/** What a plan made of a relation, and what to read of it. */
export interface AlteredCells {
  readonly result: Query;
  /** Column of case weights after the plan. */
  readonly weight: TypedColumn | null;
  /** Features with the column that holds their cells after the plan. */
  readonly cells: readonly (readonly [Feature, TypedColumn])[];
}

/** `k`, `copy`, `y`, `w` where there are weights, `f0`, `f1` … of the given features, by key and copy. */
export function alteredRows({ result, weight, cells }: AlteredCells, label: Label, dialect: Dialect): Query {
  const fields = [
    'k',
    'CAST("copy" AS INTEGER) AS copy',
    `${labelSql(label, dialect)} AS y`,
    ...(weight === null ? [] : [`${numberOf(weight, dialect)} AS w`]),
    ...featureFields(cells, dialect),
  ];
  const sql = `SELECT ${fields.join(', ')} FROM (${result.sql}) AS altered ORDER BY altered.k, altered."copy"`;
  return result.params === undefined ? { sql } : { sql, params: result.params };
}

function featureFields(cells: readonly (readonly [Feature, TypedColumn])[], dialect: Dialect): readonly string[] {
  return cells.map(
    ([feature, column], i) => `${feature.kind === 'numeric' ? numberOf(column, dialect) : textOf(column)} AS f${i}`,
  );
}

/** A value as DOUBLE: moments as seconds since 1970, text where it is a number, else null. */
function numberOf({ id, type }: TypedColumn, dialect: Dialect): string {
  switch (typeKind(type)) {
    case 'text':
      return `TRY_CAST(trim(${id}) AS DOUBLE)`;
    case 'boolean':
      return `CAST(CAST(${id} AS INTEGER) AS DOUBLE)`;
    case 'time':
      return `CAST(${dialect.epoch(id, type)} AS DOUBLE)`;
    default:
      return `TRY_CAST(${id} AS DOUBLE)`;
  }
}

function textOf({ id }: TypedColumn): string {
  return `CAST(${id} AS VARCHAR)`;
}
