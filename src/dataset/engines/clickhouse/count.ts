import type { Call, Value } from '../../../core/engine.js';
import type { Server } from './server.js';
import { readRows, recordBatches } from './results.js';

/** The only row of a result. */
export async function oneRow(server: Server, sql: string, call: Call): Promise<Record<string, Value>> {
  for await (const batch of recordBatches(await server.ask({ sql }, 'ArrowStream', call))) return readRows(batch)[0]!;
  return {};
}

/** The number `n` of the only row of a result. */
export async function countOf(server: Server, sql: string, call: Call): Promise<number> {
  return Number((await oneRow(server, sql, call))['n'] ?? 0);
}
