import type { Dialect, Query } from '../../core/engine.js';
import type { Relation } from '../../core/relation.js';
import type { Label, Roles } from '../../core/study.js';
import { labelSql } from './label.js';

/** Text that names the sampling unit of a row: its user or group, or the row itself where that is null. */
export function unitKey(roles: Pick<Roles, 'user' | 'group'>): string {
  const column = roles.user ?? roles.group;
  const row = `'row ' || CAST(k AS VARCHAR)`;
  return column === null ? row : `coalesce(CAST(${column.id} AS VARCHAR), ${row})`;
}

/** Seconds of the time column; null and NaN are null. */
function seconds(roles: Roles, dialect: Dialect): string {
  const { id, type } = roles.time!;
  const value = dialect.epoch(id, type);
  return type === 'DOUBLE' || type === 'FLOAT' ? `CASE WHEN isnan(${id}) THEN NULL ELSE ${value} END` : value;
}

/** Rows later than `after` and not later than `until`; null is no limit. */
export interface Span {
  readonly after: number | null;
  readonly until: number | null;
}

/** One row `cells, low, high` over the time of the rows of a span. */
export function timeSpan(relation: Relation, roles: Roles, span: Span, dialect: Dialect): Query {
  const from = times(relation, roles, span, dialect);
  return { ...from, sql: `SELECT count(*) AS cells, min(t) AS low, max(t) AS high FROM (${from.sql}) AS times` };
}

/** One row `t`: the `rank`-th smallest time (from 1) of the rows of a span. */
export function timeAtRank(relation: Relation, roles: Roles, span: Span, rank: number, dialect: Dialect): Query {
  const from = times(relation, roles, span, dialect);
  return { ...from, sql: `SELECT t FROM (${from.sql}) AS times ORDER BY t LIMIT 1 OFFSET ${rank - 1}` };
}

/** One row `t`: the latest time before `before`, of the rows of a span; null where there is none. */
export function timeBefore(relation: Relation, roles: Roles, span: Span, before: number, dialect: Dialect): Query {
  const from = times(relation, roles, span, dialect);
  return {
    sql: `SELECT max(t) AS t FROM (${from.sql}) AS times WHERE t < $before`,
    params: { ...from.params, before },
  };
}

function times(relation: Relation, roles: Roles, { after, until }: Span, dialect: Dialect): Query {
  const t = seconds(roles, dialect);
  const later = after === null ? '' : ' AND t > $after';
  const earlier = until === null ? '' : ' AND t <= $until';
  const sql = `SELECT t FROM (SELECT ${t} AS t FROM ${relation.name}) AS all_times WHERE t IS NOT NULL${later}${earlier}`;
  const params = { ...(after === null ? {} : { after }), ...(until === null ? {} : { until }) };
  return { sql, params };
}

/** How rows fall into held out and training, and held out rows into inner and outer. */
export interface Rule {
  /** Rows later than `cut` are held out; null: none are (a test file does it). */
  readonly heldOut: { readonly by: 'time'; readonly cut: number } | { readonly by: 'hash' } | null;
  /** Rows later than this are left out; null: none are. */
  readonly leftOut: number | null;
  /** Held out rows later than `cut` are outer; by hash one third is inner. */
  readonly outer: { readonly by: 'time'; readonly cut: number } | { readonly by: 'hash' };
}

/** Share of rows held out, by hash. */
const heldOutShare = 0.2;
/** Share of held out rows that repairs are chosen on. */
const innerShare = 1 / 3;
/** Share of training rows that choose the number of rounds. */
const tuningShare = 0.1;

/**
 * All rows of a relation with their `part`. `as`: the rows to split, or a test file, all of it held out. Rows without
 * a time are training rows of the first, inner rows of the second.
 */
export function withParts(
  relation: Relation,
  roles: Roles,
  rule: Rule,
  seed: string,
  as: 'whole' | 'test',
  dialect: Dialect,
): Query {
  const key = unitKey(roles);
  const draw = (purpose: string): string => dialect.uniform(`${seed}/${purpose}`, key);
  const later = (than: string): string => `coalesce(${seconds(roles, dialect)} > ${than}, FALSE)`;
  const params: Record<string, number> = {};
  const trained = `CASE WHEN ${draw('tuning')} < ${tuningShare} THEN 1 ELSE 0 END`;
  const evaluated = (): string => {
    if (rule.outer.by === 'hash') return `CASE WHEN ${draw('outer')} >= ${innerShare} THEN 3 ELSE 2 END`;
    params['outer'] = rule.outer.cut;
    return `CASE WHEN ${later('$outer')} THEN 3 ELSE 2 END`;
  };
  const split = (): string => {
    if (rule.heldOut === null) return trained;
    if (rule.heldOut.by === 'hash')
      return `CASE WHEN ${draw('held-out')} < ${heldOutShare} THEN ${evaluated()} ELSE ${trained} END`;
    params['held'] = rule.heldOut.cut;
    return `CASE WHEN ${later('$held')} THEN ${evaluated()} ELSE ${trained} END`;
  };
  const mature = (): string => {
    if (rule.leftOut === null) return split();
    params['left'] = rule.leftOut;
    return `CASE WHEN ${later('$left')} THEN 4 ELSE ${split()} END`;
  };
  const part = as === 'test' ? evaluated() : mature();
  const columns = relation.columns.map((c) => c.id).join(', ');
  return { sql: `SELECT k, CAST(${part} AS TINYINT) AS part, ${columns} FROM ${relation.name}`, params };
}

/** Rows of some parts. */
export function partsOf(relation: Pick<Relation, 'name'>, parts: readonly [low: number, high: number]): Query {
  return { sql: `SELECT * FROM ${relation.name} WHERE part BETWEEN ${parts[0]} AND ${parts[1]}` };
}

/** Rows `part, n, positives` of a split relation. */
export function partCounts(relation: Relation, label: Label | null, dialect: Dialect): Query {
  const positives = label === null ? 'CAST(0 AS BIGINT)' : `CAST(sum(${labelSql(label, dialect)}) AS BIGINT)`;
  return {
    sql: `SELECT part, count(*) AS n, ${positives} AS positives FROM ${relation.name} GROUP BY part ORDER BY part`,
  };
}

/** A split relation in which training rows from `[from, to)` (seconds) are outer, later ones and all others left out. */
export function partsByTime(
  relation: Relation,
  roles: Roles,
  [from, to]: readonly [from: number, to: number],
  dialect: Dialect,
): Query {
  const t = seconds(roles, dialect);
  const columns = relation.columns.map((c) => c.id).join(', ');
  const part = `CASE WHEN part > 1 THEN 4 WHEN ${t} < $from THEN part WHEN ${t} < $to THEN 3 ELSE 4 END`;
  return { sql: `SELECT k, CAST(${part} AS TINYINT) AS part, ${columns} FROM ${relation.name}`, params: { from, to } };
}
