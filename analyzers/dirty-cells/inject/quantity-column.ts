import type { Unsupported } from '../../../src/core/defect.js';
import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { numberShares } from '../../../src/dataset/sql/shapes/number-shares.js';
import { textFeatures } from './word-column.js';

/** The first text feature that holds numbers in most of its cells. */
export async function quantityColumn(study: Study, run: Run): Promise<Column | Unsupported> {
  const texts = textFeatures(study);
  const [row = {}] = texts.length === 0 ? [] : await run.engine.rows(numberShares(study.whole, texts), 1, run);
  const column = texts.find((_, i) => Number(row[`s${i}`] ?? 0) > 0.9);
  return column ?? { unsupported: 'no text column holds numbers' };
}
