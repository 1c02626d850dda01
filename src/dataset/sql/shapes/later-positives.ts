import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';
import { typeKind } from '../type-kinds.js';
import { drawnUnits } from './drawn-units.js';

const hour = 3600;

/** Negative rows with a moment 1 to 24 hours later as their value: `(k, copy, draw, value)`. */
export function laterPositives(relation: Relation, time: Column, label: Label, seed: string, dialect: Dialect): Query {
  const seconds = `floor(${hour} + ${23 * hour} * ${dialect.uniform(`${seed}/delay`, 'k')})`;
  return drawnUnits(relation, {
    where: `${labelSql(label, dialect)} = 0 AND ${time.id} IS NOT NULL`,
    draw: dialect.uniform(seed, 'k'),
    value: later(time, seconds, dialect),
  });
}

/** Whole days for dates, at least one. */
function later({ id, type }: Column, seconds: string, dialect: Dialect): string {
  if (type === 'DATE') return `${id} + CAST(1 + floor(${seconds} / ${24 * hour}) AS INTEGER)`;
  if (typeKind(type) !== 'time') return `CAST(${id} + ${seconds} AS ${type})`;
  return dialect.name === 'clickhouse'
    ? `addSeconds(${id}, CAST(${seconds} AS BIGINT))`
    : `CAST(${id} + to_seconds(CAST(${seconds} AS BIGINT)) AS ${type})`;
}
