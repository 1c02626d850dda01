import type { Dialect, Query } from '../../../core/engine.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Label } from '../../../core/study.js';
import { labelSql } from '../label.js';
import { bothSides, type Sides } from './sides.js';

/**
 * Labelled rows and positives of each side, with the sums over units that a clustered variance needs, m rows and y
 * positives of a unit: `(side, units, m, y, yy, my, mm)`. A row without unit, and every row where `unit` is null, is its
 * own unit.
 */
export function labelRates(sides: Sides, label: Label, unit: Column | null, dialect: Dialect): Query {
  const y = labelSql(label, dialect);
  const own = unit === null ? 'CAST(NULL AS VARCHAR)' : `CAST(${unit.id} AS VARCHAR)`;
  return ratesOf(bothSides(sides, [`${y} AS y`, `${own} AS u`], dialect));
}

/** The same of each value of a column instead of each side; `side` is its text, null for rows without one. */
export function labelRatesBy(
  relation: Relation,
  by: Column,
  label: Label,
  unit: Column | null,
  dialect: Dialect,
): Query {
  const own = unit === null ? 'CAST(NULL AS VARCHAR)' : `CAST(${unit.id} AS VARCHAR)`;
  const side = dialect.asText(by.id, by.type);
  return ratesOf(`(SELECT ${side} AS side, ${labelSql(label, dialect)} AS y, ${own} AS u FROM ${relation.name})`);
}

/** `rows`: a subquery `(side, y, u)`. */
function ratesOf(rows: string): Query {
  return {
    sql: `SELECT side, ${sum('1', 'm')} AS units, ${sum('m', 'm')} AS m, ${sum('y', 'y')} AS y,
        ${sum('y * y', 'y')} AS yy, ${sum('m * y', 'y')} AS my, ${sum('m * m', 'm')} AS mm
      FROM (SELECT side, u, count(*) AS m, CAST(sum(y) AS BIGINT) AS y FROM ${rows} WHERE y IS NOT NULL GROUP BY side, u)
      GROUP BY side ORDER BY side NULLS FIRST`,
  };
}

/** A sum over units: of one term for a unit that may repeat, of another for the pooled rows without unit. */
function sum(repeated: string, alone: string): string {
  return `CAST(sum(CASE WHEN u IS NULL THEN ${alone} ELSE ${repeated} END) AS DOUBLE)`;
}
