import type { Call, Source } from '../../../core/engine.js';
import type { TypeName } from '../../../core/plan.js';
import type { Pool } from './pool.js';
import type { SourceColumn } from './relation-view.js';
import { AssayError } from '../../../core/errors.js';
import { damaged } from './damaged.js';
import { readParquet } from './read-parquet.js';
import { shortTypeName } from './type-name.js';

/** Columns of Parquet files (by name over all of them), in file order; a file that cannot be read is an error. */
export async function parquetColumns(pool: Pool, source: Source, call: Call): Promise<readonly SourceColumn[]> {
  const rows = await pool.with(call, async (connection, guard) => {
    try {
      const reader = await guard.step(() => connection.runAndReadAll(`DESCRIBE FROM ${readParquet(source.files)}`));
      return reader.getRows();
    } catch (error) {
      throw damaged(source, error);
    }
  });
  return rows.map(([name, type], i) => {
    // No statement can name such a column: SQL ends at the zero.
    if (String(name).includes('\0')) {
      const reason = `the name of column ${i + 1} holds a zero byte`;
      throw new AssayError('file-damaged', { path: source.files.join(', '), format: 'Parquet', reason });
    }
    const own = shortTypeName(String(type));
    const admitted = admittedType(own);
    return {
      id: `c${i}`,
      name: String(name),
      type: admitted,
      from: String(name),
      readAs: admitted === own ? null : admitted,
    };
  });
}

/** The type a column is read as: types that a file cannot keep, or that only DuckDB knows, change at the door. */
function admittedType(type: TypeName): TypeName {
  if (type === 'TIMESTAMP_S' || type === 'TIMESTAMP_MS') return 'TIMESTAMP';
  if (type === 'HUGEINT' || type === 'UHUGEINT') return 'DECIMAL(38,0)';
  if (/^(ENUM|JSON|INTERVAL|BIT|TIMETZ|VARIANT|UNION|GEOMETRY|BIGNUM)/.test(type) || type === '"NULL"')
    return 'VARCHAR';
  return type;
}
