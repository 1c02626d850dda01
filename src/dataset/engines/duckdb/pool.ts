import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Call } from '../../../core/engine.js';
import type { Guard } from './guard.js';
import type { WideView } from './narrow.js';
import { AssayError } from '../../../core/errors.js';
import { guard } from './guard.js';

/** Connections to one database, one for each call under way, so that calls may overlap. */
export interface Pool {
  /** Runs `work` on a connection of its own. `path` is what it writes to. */
  with<T>(call: Call, work: (connection: DuckDBConnection, guard: Guard) => Promise<T>, path?: string): Promise<T>;
  /** A connection for work that yields in between; {@link Lease.end} gives it back. */
  lease(call: Call, path?: string): Promise<Lease>;
  /** Files that were opened; a damaged page is in one of them. */
  readonly files: Set<string>;
  /** Views of many columns by name. */
  readonly wide: Map<string, WideView>;
  /** Stops the calls of a run. */
  cancel(runId: string): void;
  close(): void;
}

export interface Lease {
  readonly connection: DuckDBConnection;
  readonly guard: Guard;
  /** `reuse` is false where a result was left unread. */
  readonly end: (reuse?: boolean) => void;
}

/** `spill` is where the database puts what does not fit into memory. */
export function createPool(instance: DuckDBInstance, spill: string): Pool {
  const idle: DuckDBConnection[] = [];
  const active = new Map<Guard, string>();
  const files = new Set<string>();
  let closed = false;

  const lease = async (call: Call, path?: string): Promise<Lease> => {
    if (closed) throw new AssayError('internal', { message: 'the engine is closed' });
    const connection = idle.pop() ?? (await connect(instance));
    const watch = guard(connection, call, { path, files, spill });
    active.set(watch, call.id);
    return {
      connection,
      guard: watch,
      end: (reuse = true) => {
        watch.end();
        active.delete(watch);
        if (reuse && !closed) idle.push(connection);
        else connection.closeSync();
      },
    };
  };
  return {
    files,
    wide: new Map(),
    lease,
    with: async (call, work, path) => {
      const { connection, guard: watch, end } = await lease(call, path);
      try {
        return await work(connection, watch);
      } finally {
        end();
      }
    },
    cancel: (runId) => {
      for (const [watch, id] of active) if (id === runId) watch.cancel();
    },
    close: () => {
      closed = true;
      for (const connection of idle.splice(0)) connection.closeSync();
    },
  };
}

/** What the engine makes of a result before anyone reads it: less, and it idles while a reader is busy with a block. */
const readAhead = '32MB';

async function connect(instance: DuckDBInstance): Promise<DuckDBConnection> {
  const connection = await instance.connect();
  await connection.run(`SET streaming_buffer_size = '${readAhead}'`);
  return connection;
}
