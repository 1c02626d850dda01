import type { Call, Source } from '../../../core/engine.js';
import type { TypeName } from '../../../core/plan.js';
import type { Column, Relation } from '../../../core/relation.js';
import type { Pool } from './pool.js';
import { AssayError } from '../../../core/errors.js';
import { duckDbDialect } from '../../sql/dialect-duckdb.js';
import { damaged } from './damaged.js';
import { wideFrom } from './narrow.js';
import { keyedParquet } from './read-parquet.js';

const { id: quoted, text } = duckDbDialect;

/** A column and what it is called in the files. */
export interface SourceColumn extends Column {
  readonly from: string;
  /** Type to cast to; null where the file's own stays. */
  readonly readAs: TypeName | null;
}

/** A view of Parquet files with keys `ordinal * 2^40 + row` and internal column ids. */
export async function relationView(
  pool: Pool,
  name: string,
  files: readonly string[],
  source: Source,
  columns: readonly SourceColumn[],
  hash: string,
  call: Call,
): Promise<Relation> {
  const partitions = partitionColumns(source, columns);
  for (const file of files) pool.files.add(file);
  const { from, ordinal, row } = keyedParquet(
    files,
    columns.map((c) => c.from),
  );
  const made = new Map([
    ['k', `CAST(${ordinal} AS BIGINT) * 1099511627776 + ${row}`],
    ...columns.map(
      (c) => [c.id, c.readAs === null ? quoted(c.from) : `CAST(${quoted(c.from)} AS ${c.readAs})`] as const,
    ),
    ...partitions.map(
      ({ column, values: v }) =>
        [
          column.id,
          `CAST(list_extract([${v.map(text).join(', ')}], CAST(${ordinal} AS BIGINT) + 1) AS ${column.type})`,
        ] as const,
    ),
  ]);
  const values = [...made].map(([id, value]) => `${value} AS ${id}`);
  const rows = await pool.with(call, async (connection, guard) => {
    try {
      await guard.step(() =>
        connection.run(`CREATE OR REPLACE VIEW ${quoted(name)} AS SELECT ${values.join(', ')} FROM ${from}`),
      );
      // The first rows are read as well, so that a file with a whole footer and broken pages is found here.
      await guard.step(() => connection.run(`SELECT * FROM ${quoted(name)} LIMIT 1`));
      const count = await guard.step(() => connection.runAndReadAll(`SELECT count(*) FROM ${quoted(name)}`));
      return Number(count.getRows()[0]![0]);
    } catch (error) {
      throw damaged(source, error);
    }
  });
  if (values.length > wideFrom) pool.wide.set(name, { name, columns: made, from, rows });
  if (rows === 0) throw new AssayError('file-empty', { path: source.files[0]! });
  return {
    name,
    columns: [...columns.map(plainColumn), ...partitions.map((p) => p.column)],
    rows,
    split: false,
    hash,
  };
}

function plainColumn({ id, name, type, blanks }: SourceColumn): Column {
  return blanks === undefined ? { id, name, type } : { id, name, type, blanks };
}

/** Values of `key=value` folders as columns after the files' own; a column of the same name in the files wins. */
function partitionColumns(
  { partitions }: Source,
  columns: readonly Column[],
): readonly { readonly column: Column; readonly values: readonly string[] }[] {
  if (partitions === undefined) return [];
  const names = Object.keys(partitions[0]!).filter((name) => !columns.some((c) => c.name === name));
  return names.map((name, i) => {
    const values = partitions.map((p) => p[name]!);
    return { column: { id: `c${columns.length + i}`, name, type: partitionType(values) }, values };
  });
}

/** Days and whole numbers, where all values are such and come back as they are; else text. */
function partitionType(values: readonly string[]): TypeName {
  if (values.every(isDay)) return 'DATE';
  return values.every((v) => /^(0|-?[1-9]\d{0,14})$/.test(v)) ? 'BIGINT' : 'VARCHAR';
}

function isDay(value: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
