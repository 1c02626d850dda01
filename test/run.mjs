// `npm test`: the checks of the house, then the tests. Each check counts as one test; the last line is the count.
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

/**
 * Two rows of checks that run side by side; in each one after the other, as some write where the next reads. Name, command
 * and arguments of each.
 * @type {readonly (readonly (readonly [string, string, readonly string[]])[])[]}
 */
const checks = [
  [
    ['types of the tests', 'tsc', ['-p', 'test']],
    ['lint', 'oxlint', ['--type-aware', '--quiet']],
    ['format', 'oxfmt', ['--check', '.']],
  ],
  [
    // The build has just checked them and written down what it knows.
    ['types of the sources', 'tsc', ['-p', '.', '--noEmit', '--incremental', '--tsBuildInfoFile', 'dist/.tsbuildinfo']],
    [
      'arrows of the architecture',
      'depcruise',
      ['--config', '.dependency-cruiser.cjs', 'src', 'analyzers', 'reports', 'web'],
    ],
    ['unused files, exports and dependencies', 'knip', []],
    ['package, as publint sees it', 'publint', ['--strict']],
    ['types of the package, as attw sees them', 'attw', ['--pack', '.', '--profile', 'esm-only']],
    ['lockfile, licences, install scripts and content of the package', 'node', ['test/supply-chain.mjs']],
  ],
];

let passed = 0;
let failed = 0;

/**
 * What a check printed; null where it is fine.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<string | null>}
 */
const fault = (command, args) =>
  new Promise((resolve) =>
    execFile(
      'npx',
      ['--no-install', command, ...args],
      // What packs the package would build it again, while other tests read what is built.
      { maxBuffer: 2 ** 28, env: { ...process.env, npm_config_ignore_scripts: 'true' } },
      (error, stdout, stderr) => resolve(error === null ? null : `${stdout}${stderr}${error.message}`),
    ),
  );

await Promise.all(
  checks.map(async (row) => {
    for (const [name, command, args] of row) {
      const found = await fault(command, args);
      if (found === null) passed++;
      else failed++;
      console.log(found === null ? `ok   ${name}` : `FAIL ${name}\n${found}`);
    }
  }),
);

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
