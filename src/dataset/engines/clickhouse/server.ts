import type { ClickHouseClient } from '@clickhouse/client';
import type { Call, Query } from '../../../core/engine.js';
import type { Bound } from './params.js';
import type { ServerOptions } from './server-options.js';
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { Readable } from 'node:stream';
import { createClient } from '@clickhouse/client';
import { AssayError } from '../../../core/errors.js';
import { clickHouseFault, isWayFault } from './faults.js';
import { bind } from './params.js';
import { settings } from './settings.js';

/** One server, asked over HTTP by the official client. */
export interface Server {
  /** The answer to a question as a stream of bytes. It is asked again where the way to the server broke: it changes nothing. */
  ask(query: Query, format: string, call: Call): Promise<Readable>;
  /** Does something once, and waits for it. Never repeated: it is not known what was done. `body` are the rows of an insert. */
  tell(query: Query, call: Call, body?: Readable): Promise<void>;
  /** Stops what a run is doing. */
  cancel(runId: string): Promise<void>;
  close(): Promise<void>;
}

type Stop = 'interrupted' | 'cancelled' | 'timeout';
interface Running {
  readonly runId: string;
  stop(why: Stop): void;
}

/** Milliseconds before a question is asked again. */
const pauses = [200, 1_000];

/** Opens a client whose names are those of `database`. */
export function createServer(options: ServerOptions, database: string): Server {
  const client = createClient({
    url: options.url,
    database,
    ...(options.user === undefined ? {} : { username: options.user }),
    ...(options.password === undefined ? {} : { password: options.password }),
    application: 'assay',
    max_open_connections: 8,
    request_timeout: 2_147_483_647,
    keep_alive: { enabled: true },
    log: { LoggerClass: Silent },
    clickhouse_settings: settings(options),
  });
  const active = new Set<Running>();

  /** Runs one query under a name of its own, so that it can be killed by it. */
  const run = async <T>(call: Call, work: (queryId: string, signal: AbortSignal) => Promise<T>): Promise<T> => {
    const queryId = `assay-${randomUUID()}`;
    const abort = new AbortController();
    let stopped: Stop | null = null;
    const stop = (why: Stop): void => {
      stopped ??= why;
      abort.abort();
    };
    const running: Running = { runId: call.id, stop };
    const onAbort = (): void => stop('interrupted');
    const timer = call.timeoutMs === undefined ? undefined : setTimeout(() => stop('timeout'), call.timeoutMs);
    const watch = watched(client, queryId, options.onProgress);
    setMaxListeners(0, call.signal);
    call.signal.addEventListener('abort', onAbort, { once: true });
    if (call.signal.aborted) stop('interrupted');
    active.add(running);
    try {
      if (stopped !== null) throw stopError(stopped, call);
      return await work(queryId, abort.signal);
    } catch (thrown) {
      if (stopped === null) throw clickHouseFault(thrown, options.url);
      await kill(client, queryId);
      throw stopError(stopped, call);
    } finally {
      active.delete(running);
      clearTimeout(timer);
      clearInterval(watch);
      call.signal.removeEventListener('abort', onAbort);
    }
  };

  return {
    ask: async (query, format, call) => {
      const bound = bind(query);
      for (let tries = 0; ; tries++) {
        try {
          const stream = await run(call, (queryId, signal) => asked(client, bound, format, queryId, signal));
          return Readable.from(whole(stream, options.url, call), { objectMode: false });
        } catch (error) {
          const cause = error instanceof AssayError ? error.cause : error;
          if (tries >= pauses.length || !isWayFault(cause)) throw error;
          await new Promise((resolve) => setTimeout(resolve, pauses[tries]));
        }
      }
    },
    tell: (query, call, body) =>
      run(call, async (query_id, abort_signal) => {
        const { stream } = await client.exec({
          ...bind(query),
          query_id,
          abort_signal,
          ...(body === undefined ? {} : { values: body }),
        });
        stream.resume();
        await new Promise<void>((resolve, reject) => stream.once('end', resolve).once('error', reject));
      }),
    cancel: async (runId) => {
      for (const running of active) if (running.runId === runId) running.stop('cancelled');
    },
    close: () => client.close(),
  };
}

/** The whole answer has been computed before its first byte comes, so a stream that ends is never half an answer. */
async function asked(
  client: ClickHouseClient,
  { query, query_params }: Bound,
  format: string,
  query_id: string,
  abort_signal: AbortSignal,
): Promise<Readable> {
  const { stream } = await client.exec({ query: `${query} FORMAT ${format}`, query_params, query_id, abort_signal });
  return stream;
}

/** The bytes of an answer; an error in Assay's words where the way breaks before their end, or nobody wants them any more. */
async function* whole(stream: Readable, server: string, call: Call): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) {
      if (call.signal.aborted) throw new AssayError('interrupted', {});
      yield chunk as Uint8Array;
    }
  } catch (thrown) {
    throw clickHouseFault(thrown, server);
  }
}

/** Closing a connection does not stop a query on a server. Where it cannot be killed, its own limit of time ends it. */
async function kill(client: ClickHouseClient, query_id: string): Promise<void> {
  try {
    await client.command({
      query: 'KILL QUERY WHERE query_id = {id:String} ASYNC',
      query_params: { id: query_id },
    });
  } catch {
    // The fault that is told is the one that led here.
  }
}

function watched(
  client: ClickHouseClient,
  query_id: string,
  onProgress: ServerOptions['onProgress'],
): NodeJS.Timeout | undefined {
  if (onProgress === undefined) return undefined;
  const look = async (): Promise<void> => {
    const answer = await client.query({
      query: 'SELECT read_rows, total_rows_approx FROM system.processes WHERE query_id = {id:String}',
      query_params: { id: query_id },
      format: 'JSONEachRow',
    });
    const [row] = await answer.json<{ read_rows: string; total_rows_approx: string }>();
    if (row !== undefined) onProgress(Number(row.read_rows), Number(row.total_rows_approx));
  };
  // Looking is a courtesy: a server that does not show its queries is no reason to fail.
  return setInterval(() => void look().catch(() => {}), 2_000).unref();
}

function stopError(why: Stop, call: Call): AssayError {
  if (why === 'interrupted') return new AssayError('interrupted', {});
  if (why === 'cancelled')
    return new AssayError('engine-failed', { kind: 'cancelled', message: 'the run was cancelled' });
  return new AssayError('engine-failed', { kind: 'timeout', message: `no answer within ${call.timeoutMs} ms` });
}

/** The client's own log would write to stderr what is told as an error anyway. */
class Silent {
  trace(): void {}
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}
