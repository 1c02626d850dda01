import type { Call, Source } from '../../../../core/engine.js';
import type { Pool } from '../pool.js';
import type { Converted } from './converted.js';
import { AssayError } from '../../../../core/errors.js';
import { convertDelimited } from './delimited.js';
import { convertJsonLines } from './json-lines.js';

/** Converts text and Arrow files into typed Parquet files in `folder`. */
export function convertFiles(pool: Pool, source: Source, folder: string, call: Call): Promise<Converted> {
  return pool.with(
    call,
    async (connection, guard) => {
      switch (source.format) {
        case 'csv':
        case 'tsv':
          return convertDelimited(connection, guard, source, folder, call.signal);
        case 'jsonl':
          return convertJsonLines(connection, guard, source, folder, call.signal);
        case 'arrow':
          return (await import('./arrow.js')).convertArrow(connection, guard, source, folder);
        case 'parquet':
          break;
      }
      throw new AssayError('internal', { message: 'Parquet is read where it lies' });
    },
    folder,
  );
}
