// `npm run sbom`: the packages that are shipped, as CycloneDX. npm names the root of a tree after its folder, while its
// reference and its address (bom-ref, purl) already have the name of the package; here the name has it too.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { name } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--omit', 'dev'];
const bom = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }));
const { component } = bom.metadata;
if (!component.purl.startsWith(`pkg:npm/${name}@`)) throw new Error(`npm describes ${component.purl} and not ${name}`);
component.name = name;
process.stdout.write(`${JSON.stringify(bom, null, 2)}\n`);
