import { defineConfig } from 'vitest/config';

/** Tests that put something in the place of a module, so that no other file may have loaded it before. */
const alone = ['test/analyzers/label-noise/detect.test.ts'];

/**
 * Forks, because native engines are loaded once a process; two at a time, because the reference machine has two cores. Files
 * share the modules of their fork, which hold no state, so that none waits for them to be loaded anew.
 */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.{ts,tsx}'],
          // Interop has an install of its own, so it is run on its own.
          exclude: ['test/interop/**', ...alone],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
