import type { Engine } from '../core/engine.js';
import type { JobOptions } from './options.js';
import { AssayError } from '../core/errors.js';
import { parseAddress } from '../dataset/engines/clickhouse/address.js';
import { createDuckDb } from '../dataset/engines/duckdb/engine.js';

/** The options a session needs. */
export type SessionOptions = Pick<JobOptions, 'seed' | 'threads' | 'memory' | 'quiet' | 'verbose'> & {
  /** A table `clickhouse://…`: then the engine is its server, not the embedded one. */
  readonly server?: string;
};

/** The engine of a session: the embedded one, which spills to `temp`, or the server that a table names. */
export async function openEngine(options: SessionOptions, temp: string): Promise<Engine> {
  const { memory, threads, server } = options;
  if (server === undefined) return createDuckDb({ memory: shareOf(memory), threads, temp });
  const { url } = parseAddress(server);
  const { env } = process;
  const [user, password, scratch] = ['USER', 'PASSWORD', 'SCRATCH'].map((name) => env[`ASSAY_CLICKHOUSE_${name}`]);
  const seconds = secondsOf(env['ASSAY_CLICKHOUSE_SECONDS']);
  const { createClickHouse } = await import('../dataset/engines/clickhouse/engine.js');
  return createClickHouse({
    url,
    memoryBytes: bytesOf(memory),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(scratch === undefined ? {} : { scratch }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(options.verbose === true
      ? { onProgress: (read, total) => void process.stderr.write(`the server has read ${read} of ${total} rows\n`) }
      : {}),
  });
}

/** What the engine gets of `--memory`: the rest is for what models see, and for what the engine does not count. */
function shareOf(memory: string): string {
  return `${Math.max(1, Math.floor((0.8 * bytesOf(memory)) / 1e6))}MB`;
}

/** Bytes of a size such as `800MB` or `4GiB`, which the option has checked. */
function bytesOf(size: string): number {
  const [, number, unit] = /^([\d.]+)\s?(MB|GB|MiB|GiB)$/i.exec(size)!;
  const bytes = { mb: 1e6, gb: 1e9, mib: 2 ** 20, gib: 2 ** 30 }[unit!.toLowerCase()]!;
  return Math.floor(Number(number) * bytes);
}

function secondsOf(value: string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  if (!/^[1-9]\d{0,6}$/.test(value))
    throw new AssayError('option-invalid', {
      option: 'ASSAY_CLICKHOUSE_SECONDS',
      value,
      expected: 'the seconds one query may take, a whole number above 0',
    });
  return Number(value);
}
