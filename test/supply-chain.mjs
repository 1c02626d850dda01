// What reaches a user's machine: the lockfile pins every package by its hash, production packages have licences that a
// company can take and need no install script, and the published archive holds what it should and nothing else. Run by
// `npm test`; prints what is wrong and exits 1.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const root = new URL('..', import.meta.url).pathname;
const licences = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'CC0-1.0',
  'Unlicense',
  'BlueOak-1.0.0',
  'Python-2.0',
]);
const wrong = [];

for (const lockfile of [
  'package-lock.json',
  'test/interop/danfo/package-lock.json',
  'test/interop/clickhouse/package-lock.json',
]) {
  const { packages } = JSON.parse(readFileSync(`${root}${lockfile}`, 'utf8'));
  for (const [place, entry] of Object.entries(packages)) {
    if (place === '') continue;
    const name = `${lockfile}: ${place.replace(/^.*node_modules\//, '')} ${entry.version}`;
    if (entry.integrity?.startsWith('sha512-') !== true) wrong.push(`${name} has no integrity`);
    if (entry.resolved !== undefined && !entry.resolved.startsWith('https://'))
      wrong.push(`${name} comes from ${entry.resolved}`);
    if (lockfile !== 'package-lock.json' || entry.dev === true || entry.peer === true) continue;
    const licence = entry.license ?? installedLicence(place);
    if (!allowed(licence)) wrong.push(`${name} has the licence ${licence}`);
    if (entry.hasInstallScript === true) wrong.push(`${name} runs a script when it is installed`);
  }
}

/** Some packages say their licence only in their own package.json, or in the old form of a list. */
function installedLicence(place) {
  const { license, licenses } = JSON.parse(readFileSync(`${root}${place}/package.json`, 'utf8'));
  return license?.type ?? license ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'none';
}

/** One of several alternatives must be allowed, and all that hold together. */
function allowed(licence) {
  return licence
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((one) => one.split(' AND ').every((part) => licences.has(part.trim())));
}

const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  }),
);
const paths = packed.files.map(({ path }) => path);
const shipped =
  /^(dist\/(analyzers|bin|reports|src|web\/ui)\/|fixtures\/policies\/|reports\/schema\.json$|src\/\S+\.schema\.json$|LICENSE$|src\/README\.md$|README\.md$|package\.json$)/;
for (const path of paths)
  if (!shipped.test(path) || /\.(test|tsbuildinfo)\b|\.env/.test(path)) wrong.push(`the package holds ${path}`);
for (const needed of [
  'dist/bin/assay.js',
  'dist/src/index.js',
  'dist/src/index.d.ts',
  'LICENSE',
  'README.md',
  'package.json',
])
  if (!paths.includes(needed)) wrong.push(`the package lacks ${needed}`);
if (packed.size > 5_000_000) wrong.push(`the package is ${packed.size} bytes, more than 5 MB`);

for (const line of wrong) console.log(line);
console.log(`${paths.length} files, ${packed.size} bytes packed`);
process.exit(wrong.length === 0 ? 0 : 1);
