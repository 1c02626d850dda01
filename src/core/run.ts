import type { Call, Engine } from './engine.js';
import type { News } from './news.js';
import type { Progress } from './progress.js';
import type { Random } from './random.js';
import { createProgress } from './progress.js';
import { createRandom } from './random.js';

/** What every long job is handed: where tables live, how to draw, when to stop, whom to tell. */
export interface Run extends Call {
  readonly engine: Engine;
  readonly random: Random;
  readonly progress: Progress;
  /** Worker threads for trainings, 1 or more. Results do not depend on it. */
  readonly threads: number;
  /** Silent unless the caller gives one. */
  readonly log: (message: string) => void;
  /** Told what was learned, as it is learned; silent unless the caller gives one. */
  readonly news: (news: News) => void;
  /** Computes a value once per run; later calls with the same key share it. A failure is not kept. */
  memo<T>(key: string, make: () => Promise<T>): Promise<T>;
  /** Registers what must be closed with the run (worker pools); closed in reverse order. */
  onClose(close: () => Promise<void>): void;
  /** The same run under a named progress step and random path; `total` in units of the step, where it is known. */
  within(name: string, total?: number): Run;
  /** Closes what was registered; the engine is the caller's own. */
  close(): Promise<void>;
}

export interface RunOptions {
  readonly engine: Engine;
  /** Non-negative safe integer; 1 by default. */
  readonly seed?: number;
  readonly threads?: number;
  readonly id?: string;
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
  readonly log?: (message: string) => void;
  readonly news?: (news: News) => void;
}

export function createRun(options: RunOptions): Run {
  const values = new Map<string, Promise<unknown>>();
  const closers: (() => Promise<void>)[] = [];
  const shared = {
    id: options.id ?? 'run',
    engine: options.engine,
    signal: options.signal ?? new AbortController().signal,
    threads: options.threads ?? 1,
    log: options.log ?? (() => {}),
    news: options.news ?? (() => {}),
    memo: <T>(key: string, make: () => Promise<T>): Promise<T> => {
      const known = values.get(key);
      if (known !== undefined) return known as Promise<T>;
      const value = make();
      values.set(key, value);
      value.catch(() => values.delete(key));
      return value;
    },
    onClose: (close: () => Promise<void>): void => void closers.push(close),
    close: async (): Promise<void> => {
      for (const close of closers.splice(0).reverse()) await close();
    },
  };
  const under = (random: Random, progress: Progress): Run => ({
    ...shared,
    random,
    progress,
    within: (name, total) => under(random.fork(name), progress.step(name, total ?? null)),
  });
  return under(createRandom(options.seed ?? 1), options.progress ?? createProgress());
}
