// `npm test`: the checks of the house, then the tests. Each check counts as one test; the last line is the count.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

/**
 * Name, command and arguments of each.
 * @type {readonly (readonly [string, string, readonly string[]])[]}
 */
const checks = [
  ['types of the sources', 'tsc', ['-p', '.', '--noEmit']],
  ['types of the tests', 'tsc', ['-p', 'test']],
  ['lint', 'oxlint', ['--type-aware', '--quiet']],
  ['format', 'oxfmt', ['--check', '.']],
  [
    'arrows of the architecture',
    'depcruise',
    ['--config', '.dependency-cruiser.cjs', 'src', 'analyzers', 'reports', 'web'],
  ],
  ['unused files, exports and dependencies', 'knip', []],
  ['package, as publint sees it', 'publint', ['--strict']],
  ['types of the package, as attw sees them', 'attw', ['--pack', '.', '--profile', 'esm-only']],
  ['lockfile, licences, install scripts and content of the package', 'node', ['test/supply-chain.mjs']],
];

let passed = 0;
let failed = 0;

for (const [name, command, args] of checks) {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', command, ...args], { encoding: 'utf8' });
  if (status === 0) passed++;
  else failed++;
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  if (status !== 0) console.log(stdout + stderr);
}

const report = 'dist/vitest.json';
rmSync(report, { force: true });
const vitest = [
  'vitest',
  'run',
  '--config',
  'test/vitest.config.ts',
  '--reporter=dot',
  '--reporter=json',
  `--outputFile.json=${report}`,
];
const { status } = spawnSync('npx', ['--no-install', ...vitest, ...process.argv.slice(2)], { stdio: 'inherit' });
try {
  const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that fails to load has no tests of its own and would otherwise go uncounted.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  passed += numPassedTests;
  failed += numFailedTests + broken + (status !== 0 && numFailedTestSuites === 0 && numFailedTests === 0 ? 1 : 0);
} catch {
  failed++;
}

console.log(`tests: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
