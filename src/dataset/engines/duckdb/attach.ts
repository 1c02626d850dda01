import type { Attached, Call, Engine, Source } from '../../../core/engine.js';
import type { Pool } from './pool.js';
import { AssayError } from '../../../core/errors.js';

export async function attachFiles(_engine: Engine, _pool: Pool, _source: Source, _call: Call): Promise<Attached> {
  throw new AssayError('internal', { message: 'attach is not there yet' });
}
