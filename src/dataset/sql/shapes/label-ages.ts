import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';
import { drawnUnits } from './drawn-units.js';
import { timeSpan } from './marks-by-time.js';

/** Age of a row in whole `seconds` before the moment `at` (seconds since 1970): 0 is the youngest. */
export function ageSql(time: Column, at: number, seconds: number, dialect: Dialect): string {
  return `CAST(floor((${at} - ${dialect.epoch(time.id, time.type)}) / ${seconds}) AS BIGINT)`;
}

/** Labelled rows and positives by age, youngest first: `(age, n, y)`; all ages of `most` and more are one. */
export function labelAges(
  relation: Relation,
  time: Column,
  label: Label,
  at: number,
  seconds: number,
  most: number,
  dialect: Dialect,
): Query {
  const y = labelSql(label, dialect);
  return {
    sql: `SELECT age, count(*) AS n, CAST(sum(y) AS BIGINT) AS y
      FROM (SELECT least(${ageSql(time, at, seconds, dialect)}, ${most}) AS age, ${y} AS y FROM ${relation.name}
        WHERE ${time.id} IS NOT NULL AND ${y} IS NOT NULL)
      WHERE age >= 0 GROUP BY age ORDER BY age`,
  };
}

/** Positives that an exponential delay of the given mean keeps from arriving before the last moment of the file. */
export function unarrivedPositives(
  relation: Relation,
  time: Column,
  label: Label,
  mean: number,
  seed: string,
  dialect: Dialect,
): Query {
  const delay = `-ln(1 - ${dialect.uniform(`${seed}/delay`, 'k')}) * ${mean}`;
  return drawnUnits(relation, {
    where: `${labelSql(label, dialect)} = 1 AND ${delay} > ${youthSql(relation, time, dialect)}`,
    draw: dialect.uniform(seed, 'k'),
  });
}

/** Positives of the last `seconds` of the file, the younger the likelier to come first. */
export function youngPositives(
  relation: Relation,
  time: Column,
  label: Label,
  seconds: number,
  seed: string,
  dialect: Dialect,
): Query {
  const age = youthSql(relation, time, dialect);
  return drawnUnits(relation, {
    where: `${labelSql(label, dialect)} = 1 AND ${age} < ${seconds}`,
    draw: `(${age} + 1) * ${dialect.uniform(seed, 'k')}`,
  });
}

/** Seconds from a row to the last moment of its relation. */
function youthSql(relation: Relation, time: Column, dialect: Dialect): string {
  return `((SELECT high FROM (${timeSpan(relation, time, dialect).sql})) - ${dialect.epoch(time.id, time.type)})`;
}
