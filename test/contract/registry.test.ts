import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { template } from '../../analyzers/_template/index.js';
import { defects } from '../../analyzers/index.js';

const root = fileURLToPath(new URL('../../analyzers/', import.meta.url));
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .filter((name) => name !== '_template');
const entries = [...defects.map((d) => [d.id, d] as const), ['_template', template] as const];

describe('the registry', () => {
  it('has one entry for each folder and one folder for each entry', () => {
    expect(defects.map((d) => d.id).toSorted()).toEqual(folders.toSorted());
  });

  it('has unique ids in kebab-case', () => {
    const ids = defects.map((d) => d.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});

describe.each(entries)('%s', (id, defect) => {
  it.each(['index.ts', 'options.ts', 'detect.ts', 'inject.ts', 'repair.ts', 'README.md'])('has %s', (file) => {
    expect(existsSync(`${root}${id}/${file}`)).toBe(true);
  });

  const names = 'unsupported' in defect.inject ? [] : defect.inject.map((m) => m.name);

  it('has a README that names every mechanism and what it cannot see', () => {
    const readme = readFileSync(`${root}${id}/README.md`, 'utf8');
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
    expect(readme).toMatch(/cannot see/i);
  });

  it('offers two mechanisms of different names, or says why not', () => {
    const reason = 'unsupported' in defect.inject ? defect.inject.unsupported : '';
    expect(new Set(names).size >= 2 || reason !== '').toBe(true);
    expect(new Set(names).size).toBe(names.length);
  });

  it('draws curves of mechanisms it has', () => {
    expect(names).toEqual(expect.arrayContaining([...defect.curves]));
  });

  it('refuses unknown options and options of another kind', () => {
    expect(() => defect.with({ 'no-such-option': 1 })).toThrowError(
      expect.objectContaining({ code: 'option-invalid' }),
    );
  });
});
