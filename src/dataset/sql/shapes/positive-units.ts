import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';
import { drawnUnits } from './drawn-units.js';
import { bucketSql } from './marks-by-time.js';

/** Positive rows where `where` holds, drawn at random. */
export function positiveUnits(relation: Relation, label: Label, where: string, seed: string, dialect: Dialect): Query {
  const draw = dialect.uniform(seed, 'k');
  return drawnUnits(relation, { where: `${where} AND coalesce(${labelSql(label, dialect)} = 1, false)`, draw });
}

/** The same, one stretch of time after the other: stretches in random order, rows of a stretch at random. */
export function positiveUnitsByTime(
  relation: Relation,
  label: Label,
  where: string,
  time: Column,
  seconds: number,
  seed: string,
  dialect: Dialect,
): Query {
  const bucket = bucketSql(time, seconds, dialect);
  const place = `dense_rank() OVER (ORDER BY ${dialect.uniform(`${seed}/stretch`, bucket)}, ${bucket})`;
  return drawnUnits(relation, {
    where: `${where} AND coalesce(${labelSql(label, dialect)} = 1, false) AND ${time.id} IS NOT NULL`,
    draw: `${place} - 1 + ${dialect.uniform(seed, 'k')}`,
  });
}
