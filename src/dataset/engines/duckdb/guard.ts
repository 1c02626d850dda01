import type { DuckDBConnection } from '@duckdb/node-api';
import type { Call } from '../../../core/engine.js';
import { setMaxListeners } from 'node:events';
import { AssayError } from '../../../core/errors.js';
import { duckDbFault, type Places } from './faults.js';

type Stop = 'interrupted' | 'cancelled' | 'timeout';

/** Watches one call on one connection: interrupts it on abort, cancel and timeout, and names what it failed of. */
export interface Guard {
  /** Awaits a step of the call; a failure comes out as an AssayError. */
  step<T>(work: () => Promise<T>): Promise<T>;
  /** Throws where the call has been stopped. */
  check(): void;
  /** Stops the call from outside. */
  cancel(): void;
  /** Ends the watch. */
  end(): void;
}

export function guard(connection: DuckDBConnection, call: Call, places: Places): Guard {
  let stopped: Stop | null = null;
  let busy = false;
  let again: NodeJS.Timeout | undefined;
  // DuckDB forgets an interrupt that comes before the query starts to run, so it is repeated while a step is under way.
  const interrupt = (): void => {
    if (busy) connection.interrupt();
    again ??= setInterval(() => {
      if (busy) connection.interrupt();
    }, 20);
  };
  const stop = (why: Stop): void => {
    stopped ??= why;
    interrupt();
  };
  const onAbort = (): void => stop('interrupted');
  const timer = call.timeoutMs === undefined ? undefined : setTimeout(() => stop('timeout'), call.timeoutMs);
  // One listener a call under way: many at once is no leak.
  setMaxListeners(0, call.signal);
  call.signal.addEventListener('abort', onAbort, { once: true });
  if (call.signal.aborted) stopped = 'interrupted';

  const check = (): void => {
    if (stopped !== null) throw stopError(stopped, call);
  };
  return {
    check,
    step: async (work) => {
      check();
      busy = true;
      try {
        return await work();
      } catch (thrown) {
        check();
        throw duckDbFault(thrown, places);
      } finally {
        busy = false;
      }
    },
    cancel: () => stop('cancelled'),
    end: () => {
      clearTimeout(timer);
      clearInterval(again);
      call.signal.removeEventListener('abort', onAbort);
    },
  };
}

function stopError(why: Stop, call: Call): AssayError {
  if (why === 'interrupted') return new AssayError('interrupted', {});
  if (why === 'cancelled')
    return new AssayError('engine-failed', { kind: 'cancelled', message: 'the run was cancelled' });
  return new AssayError('engine-failed', { kind: 'timeout', message: `no answer within ${call.timeoutMs} ms` });
}
