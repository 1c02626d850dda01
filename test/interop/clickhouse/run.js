// `npm test` in this folder, after `npm ci` here and a build of the package: the tests of the package's own vitest.
import { spawnSync } from 'node:child_process';

const root = new URL('../../..', import.meta.url).pathname;
const vitest = ['--no-install', 'vitest', 'run', '--config', 'test/interop/clickhouse/vitest.config.ts'];
const { status } = spawnSync('npx', [...vitest, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
if (process.env.ASSAY_CLICKHOUSE_URL === undefined)
  console.log('not run: the suite on real servers, because ASSAY_CLICKHOUSE_URL is not set');
process.exit(status ?? 1);
