import type { Unsupported } from '../../../src/core/defect.js';
import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { AssayError } from '../../../src/core/errors.js';
import { columnNamed } from '../../../src/core/relation.js';
import { distinctValues } from '../../../src/derived/distinct-values.js';

/** Text features, in file order. */
export function textFeatures({ roles }: Study): readonly Column[] {
  return roles.features.map((f) => f.column).filter(({ type }) => type === 'VARCHAR');
}

/** The text feature with the fewest values, ties to the first: a word that is misspelled is one that is known. */
export async function wordColumn(study: Study, run: Run): Promise<Column | Unsupported> {
  const texts = textFeatures(study);
  if (texts.length === 0) return { unsupported: 'there is no text column to misspell' };
  const counts = await distinctValues(study.whole, texts, run);
  return texts[counts.indexOf(Math.min(...counts))]!;
}

/** The column of the option. */
export function namedColumn(study: Study, name: string): Column | Unsupported {
  const column = columnNamed(study.train, name);
  if (column === undefined) {
    const columns = study.train.columns.map((c) => c.name);
    throw new AssayError('column-unknown', { column: name, role: 'dirty-cells.column', suggestion: null, columns });
  }
  return column.type === 'VARCHAR' ? column : { unsupported: `${name} holds no text` };
}
