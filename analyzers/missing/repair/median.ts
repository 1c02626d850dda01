import type { Expr } from '../../../src/core/plan.js';
import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { medianOf } from '../../../src/dataset/sql/shapes/median.js';
import { isNumeric, typeKind } from '../../../src/dataset/sql/type-kinds.js';
import { constantFor } from '../constant.js';

/** Median of a numeric column over the training rows apart from `except`, as a constant of its type; null without one. */
export async function medianConstant(
  study: Study,
  column: Column,
  except: readonly number[],
  run: Run,
): Promise<Expr | null> {
  if (!isNumeric(column.type)) return null;
  const [row = {}] = await run.engine.rows(medianOf(study.train, column, except, run.engine.dialect), 1, run);
  const median = row['median'];
  if (median === null || median === undefined) return null;
  const value = Number(Number(median).toPrecision(12));
  const constant = constantFor(column, typeKind(column.type) === 'integer' ? Math.round(value) : value);
  return 'unsupported' in constant ? null : constant;
}
