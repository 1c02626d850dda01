import type { OpenOptions } from '../dataset/open.js';
import type { Column, Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import type { Roles, Split, Study } from '../core/study.js';
import { AssayError } from '../core/errors.js';
import { nearest } from '../core/nearest.js';
import { openStudy } from '../dataset/open.js';
import { splitStudy } from '../dataset/split.js';
import { stacked } from '../dataset/sql/shapes/stacked.js';
import { tableName } from '../dataset/sql/table-name.js';
import type { SchemaChange } from '../core/data-comparison.js';
import { inferSchema } from '../derived/schema/infer.js';
import { schemaChanges } from './schema-changes.js';

/** Two training sets, A before and B after, with the same columns. */
export interface Both {
  readonly a: Study;
  readonly b: Study;
  /** A and B as one study: what a model of either is trained and scored on. */
  readonly study: Study;
  /** Row keys from here on are those of A. */
  readonly firstKeyOfA: bigint;
  /** Columns that only one of them has, or with another type. */
  readonly schema: readonly SchemaChange[];
}

/** Bits of a row key below the ordinal of its file. */
const rowBits = 40n;

/**
 * Opens B with the columns and roles of B, and A under the same columns; sets rows of each apart for evaluation by the
 * same rule, so that users who are in both are held out of both or of neither.
 *
 * @throws AssayError `role-missing` where no label is found, `column-unknown` where A lacks it.
 */
export async function openBoth(
  options: Omit<OpenOptions, 'reference' | 'test'>,
  before: string,
  run: Run,
): Promise<Both> {
  const opened = await openStudy({ ...options, reference: before }, run);
  const own = await openStudy({ ...options, train: before }, run);
  const roles = commonRoles(opened.roles, opened.reference!);
  const alone = { ...opened, roles, reference: null };
  const b = await splitStudy({ ...alone, files: filesOf(opened, 'train') }, run);
  const whole = opened.reference!;
  const a = await splitStudy({ ...alone, files: filesOf(opened, 'reference'), whole, train: whole }, run);
  return {
    a,
    b,
    study: await together(a, b, run),
    firstKeyOfA: BigInt(filesOf(opened, 'train').length) << rowBits,
    schema: schemaChanges(await inferSchema(own, run), await inferSchema(opened, run)),
  };
}

/** The roles of columns that A has as well; those of others are empty. */
function commonRoles(roles: Roles, a: Relation): Roles {
  const known = new Set(a.columns.map(({ id }) => id));
  const kept = (column: Column | null): Column | null => (column !== null && known.has(column.id) ? column : null);
  if (roles.label === null) throw new AssayError('role-missing', { role: 'label' });
  const { name, id } = roles.label.column;
  if (!known.has(id)) {
    const columns = a.columns.map((column) => column.name);
    throw new AssayError('column-unknown', {
      column: name,
      role: 'label',
      suggestion: nearest(name, columns),
      columns,
    });
  }
  return {
    ...roles,
    time: kept(roles.time),
    user: kept(roles.user),
    item: kept(roles.item),
    position: kept(roles.position),
    group: kept(roles.group),
    weight: kept(roles.weight),
    domain: kept(roles.domain),
    key: roles.key.every((column) => known.has(column.id)) ? roles.key : [],
    features: roles.features.filter(({ column }) => known.has(column.id)),
  };
}

function filesOf(study: Study, role: 'train' | 'reference'): Study['files'] {
  return study.files.filter((file) => file.role === role);
}

/** One study of both; rows of each keep their part. */
async function together(a: Study, b: Study, run: Run): Promise<Study> {
  return {
    ...b,
    files: [...a.files, ...b.files],
    whole: await stack('whole', [b.whole, a.whole], run),
    train: await stack('train', [b.train, a.train], run),
    evaluation: await stack('evaluation', [b.evaluation!, a.evaluation!], run),
    split: sum(b.split!, a.split!),
  };
}

async function stack(part: string, relations: readonly [Relation, Relation], run: Run): Promise<Relation> {
  const name = tableName(`both_${part}`, relations[0].name);
  const other = new Set(relations[1].columns.map(({ id }) => id));
  const columns = relations[0].columns.filter(({ id }) => other.has(id));
  await run.engine.write(stacked(relations, columns), { kind: 'view', name }, run);
  return { ...relations[0], name, columns, rows: relations[0].rows + relations[1].rows };
}

function sum(first: Split, second: Split): Split {
  return { ...first, rows: add(first.rows, second.rows), positives: add(first.positives, second.positives) };
}

function add(one: Split['rows'], two: Split['rows']): Split['rows'] {
  return {
    train: one.train + two.train,
    tuning: one.tuning + two.tuning,
    inner: one.inner + two.inner,
    outer: one.outer + two.outer,
    leftOut: one.leftOut + two.leftOut,
  };
}
