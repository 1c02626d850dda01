import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const source = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * Bundles what starts as a process or a thread of its own into `dist/bin`: a start reads a few files instead of a thousand.
 * Dependencies stay outside, and the library is what the compiler wrote.
 */
export default defineConfig({
  logLevel: 'warn',
  publicDir: false,
  build: {
    ssr: true,
    outDir: source('dist/bin'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      input: {
        assay: source('src/cli/main.ts'),
        'job-process': source('web/server/jobs/job-process.ts'),
        worker: source('src/models/pool/worker.ts'),
        'score-worker': source('src/models/pool/score-worker.ts'),
        'logistic-worker': source('src/models/logistic/worker.ts'),
      },
      output: { chunkFileNames: 'parts/[name]-[hash].js' },
    },
  },
});
