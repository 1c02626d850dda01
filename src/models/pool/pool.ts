import type { PlainError } from '../../core/errors.js';
import type { Answer } from './task.js';
import { Tinypool } from 'tinypool';
import { AssayError } from '../../core/errors.js';

/** Worker threads that do tasks; started at once, so that they load while the first task is made. */
export interface Pool<T, R> {
  /** `transfer` are the buffers of the task that the worker gets as they are. */
  run(task: T, transfer?: readonly ArrayBuffer[]): Promise<R>;
  close(): Promise<void>;
}

/** Threads that live together: when one dies, all tasks under way fail and the next one gets new threads. */
interface Crew {
  readonly threads: Tinypool;
  /** Rejects when a thread dies or the crew is sent home. */
  readonly end: Promise<never>;
  readonly sendHome: (reason: unknown) => void;
}

/** `file` is the compiled module whose default export answers a task; each worker is born with `data`. */
export function createPool<T, R>(data: object, threads: number, file: string): Pool<T, R> {
  let crew: Crew | null = startCrew(data, threads, file);
  let closed = false;
  return {
    run: async (task, transfer = []) => {
      if (closed) throw new AssayError('interrupted', {});
      crew ??= startCrew(data, threads, file);
      const mine = crew;
      const done = mine.threads.run(task, { transferList: [...transfer] }) as Promise<Answer<R>>;
      const answer = await Promise.race([done, mine.end]).catch((thrown) => {
        if (crew === mine) crew = null;
        mine.sendHome(thrown);
        // Not awaited: the pool would wait for the exit of the thread that is already gone.
        void mine.threads.destroy();
        throw failure(thrown);
      });
      return read(answer);
    },
    close: async () => {
      closed = true;
      crew?.sendHome(new AssayError('interrupted', {}));
      await crew?.threads.destroy();
    },
  };
}

function startCrew(data: object, threads: number, filename: string): Crew {
  const pool = new Tinypool({ filename, minThreads: threads, maxThreads: threads, workerData: data });
  const { promise, reject } = ending();
  pool.on('error', reject);
  // The pool hears of errors only; a thread that just ends would leave its task pending for ever.
  for (const thread of pool.threads)
    thread.on('exit', (code: number) => reject(new Error(`a worker thread ended with code ${code}`)));
  return { threads: pool, end: promise, sendHome: reject };
}

/** A promise that never resolves; nobody has to listen to its rejection. */
function ending(): { readonly promise: Promise<never>; readonly reject: (reason: unknown) => void } {
  let reject: (reason: unknown) => void = ignore;
  const promise = new Promise<never>((_, fail) => {
    reject = fail;
  });
  promise.catch(ignore);
  return { promise, reject };
}

function read<R>(answer: Answer<R>): R {
  if ('result' in answer) return answer.result;
  throw revive(answer.error);
}

/** A posted error with its class again. */
function revive({ code, args }: PlainError): AssayError {
  return new AssayError(code, args);
}

function failure(thrown: unknown): AssayError {
  if (thrown instanceof AssayError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AssayError('worker-failed', { message }, { cause: thrown });
}

function ignore(): void {}
