// The self-test matrix: every defect by every mechanism at growing doses, planted in an honest log, and which detectors report
// it; misses with their reasons. `npm run bench -- matrix [DOSES]` writes test/bench/results/matrix.txt and prints it, and
// exits 1 where a miss has no reason. It runs test/contract/matrix.test.ts, on the log of the contract of all defects;
// the same test keeps a small table, fixtures/golden/matrix.txt.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const doses = process.argv[2] ?? '.01 .05 .2 1';
const file = ['--config', 'test/vitest.config.ts', 'test/contract/matrix.test.ts'];
const args = ['vitest', 'run', ...file, '-t', 'missed for a reason'];
const env = { ...process.env, ASSAY_MATRIX: doses };
const { status } = spawnSync('npx', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
process.stdout.write(readFileSync(new URL('results/matrix.txt', import.meta.url), 'utf8'));
process.exit(status ?? 1);
