import { defineConfig } from 'vitest/config';

/** Forks, because native engines are loaded once a process; two at a time, because the reference machine has two cores. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Interop has an install of its own, so it is run on its own.
    exclude: ['test/interop/**'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
