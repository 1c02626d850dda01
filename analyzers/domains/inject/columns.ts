import type { Column } from '../../../src/core/relation.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { DomainsOptions } from '../options.js';
import { AssayError } from '../../../src/core/errors.js';
import { columnNamed } from '../../../src/core/relation.js';
import { distinctValues } from '../../../src/derived/distinct-values.js';
import { quartiles } from '../../../src/dataset/sql/shapes/quartiles.js';
import { isNumeric } from '../../../src/dataset/sql/type-kinds.js';
import { featureAucs } from '../../../src/derived/single-feature-auc.js';

/** More values than these are no vocabulary. */
const mostWords = 50;
/** Fewer values are codes, which no unit belongs to. */
const fewValues = 20;
/** Columns asked, the most telling first. */
const mostAsked = 20;

type Chosen = Pick<DomainsOptions, 'column'>;

/** The best feature of type DOUBLE of many values, nearly all of them above 0. */
export async function positiveNumber(study: Study, run: Run, options: Chosen): Promise<Column | null> {
  for (const column of (await candidates(study, run, options, ({ type }) => type === 'DOUBLE')).slice(0, mostAsked)) {
    const [row = {}] = await run.engine.rows(quartiles(study.train, column, run.engine.dialect), 1, run);
    if (Number(row['positive']) >= 0.9 && Number(row['distinct_values']) > fewValues) return column;
  }
  return null;
}

/** The best feature of text of two to {@link mostWords} values. */
export async function fewWords(study: Study, run: Run, options: Chosen): Promise<Column | null> {
  const columns = (await candidates(study, run, options, ({ type }) => type === 'VARCHAR')).slice(0, mostAsked);
  if (columns.length === 0) return null;
  const counts = await distinctValues(study.train, columns, run);
  return columns.find((_, i) => counts[i]! > 1 && counts[i]! <= mostWords) ?? null;
}

/** The feature of numbers that ranks the label best alone. */
export async function tellingNumber(study: Study, run: Run, options: Chosen): Promise<Column | null> {
  return (await candidates(study, run, options, ({ type }) => isNumeric(type)))[0] ?? null;
}

/** The column the option names, else fitting features, those that rank the label best first; never user, item or domain. */
async function candidates(
  { whole, train, roles, ...study }: Study,
  run: Run,
  { column: given }: Chosen,
  fits: (column: Column) => boolean,
): Promise<readonly Column[]> {
  if (given !== '') {
    const column = columnNamed(whole, given);
    const columns = whole.columns.map(({ name }) => name);
    if (column === undefined)
      throw new AssayError('column-unknown', { column: given, role: 'domains.column', suggestion: null, columns });
    return fits(column) ? [column] : [];
  }
  const aucs = await featureAucs({ ...study, whole, train, roles }, run);
  const apart = new Set([roles.user, roles.item, roles.group, roles.domain].map((column) => column?.id));
  return roles.features
    .map(({ column }) => column)
    .filter((column) => !apart.has(column.id) && fits(column))
    .toSorted((a, b) => (aucs.get(b.name) ?? 0.5) - (aucs.get(a.name) ?? 0.5));
}
