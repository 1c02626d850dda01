import { defineConfig } from 'vitest/config';

/** One process a file: the engine in process holds one data directory, and crashes where a thread ends that loaded it. */
export default defineConfig({
  root: new URL('../../..', import.meta.url).pathname,
  test: {
    include: ['test/interop/clickhouse/*.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
