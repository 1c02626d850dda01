import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../../src/cleaning/recipe/recipe.js';
import { printRecipe } from '../../../src/cleaning/recipe/print.js';
import { expr } from '../../../src/core/plan.js';
import { inFolder } from '../../cli/assay.js';

const main = fileURLToPath(new URL('../../../dist/bin/assay.js', import.meta.url));

const recipe: Recipe = {
  version: 1,
  made: { assay: '0.1.0', source: 'elsewhere', rows: 1 },
  label: null,
  weight: null,
  steps: [
    {
      defect: 'd',
      repair: 'r',
      title: 't',
      strength: null,
      acceptedBy: 'person',
      evidence: null,
      plan: [
        {
          id: 1,
          code: 'c',
          verb: 'drop-row',
          where: { rule: expr.cmp('=', expr.col('x'), expr.literal('BIGINT', '1')) },
        },
      ],
    },
  ],
  exceptions: [],
  rejected: [],
};

/** Applies the recipe and kills the process where `when` says so; null lets it end. */
async function apply(folder: string, out: string, when: (() => boolean) | null): Promise<boolean> {
  const args = [main, 'apply', 'recipe.yaml', 'data.csv', '--out', out];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore' });
  const look = setInterval(() => void (when?.() === true && child.kill('SIGKILL')), 1);
  const signal = await new Promise((resolve) => child.once('exit', (_, by) => resolve(by)));
  clearInterval(look);
  return signal === 'SIGKILL';
}

function draftsOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.join(folder, name));
}

const files = ['changes.parquet', 'cleaned.csv', 'manifest.json', 'quarantine.parquet', 'recipe.yaml'];

describe('a killed apply', () => {
  it(
    'leaves the whole output or none and the input as it was; the next one removes its draft and works',
    () =>
      inFolder(async (folder) => {
        const rows = Array.from({ length: 60_000 }, (_, i) => `${i % 9},${i},v${i % 7}`).join('\n');
        const data = path.join(folder, 'data.csv');
        await writeFile(data, `x,y,z\n${rows}\n`);
        await writeFile(path.join(folder, 'recipe.yaml'), printRecipe(recipe, []));
        const hash = async (): Promise<string> =>
          createHash('sha256')
            .update(await readFile(data))
            .digest('hex');
        const before = await hash();
        await mkdir(path.join(folder, 'o'));
        let kills = 0;
        // Points of the work itself, not of the clock: when the draft has come to hold a file.
        for (const reached of ['', ...files.slice(0, 4)]) {
          const killed = await apply(folder, path.join('o', 'out'), () =>
            draftsOf(path.join(folder, 'o')).some((draft) => existsSync(path.join(draft, reached))),
          );
          const left = (await readdir(path.join(folder, 'o'))).filter((name) => !name.startsWith('.'));
          expect(left).toEqual(killed ? [] : ['out']);
          kills += killed ? 1 : 0;
          if (!killed) break;
        }
        expect(kills).toBeGreaterThan(0);
        expect(await hash()).toBe(before);
        if (!existsSync(path.join(folder, 'o', 'out'))) await apply(folder, path.join('o', 'out'), null);
        expect(await readdir(path.join(folder, 'o'))).toEqual(['out']);
        expect((await readdir(path.join(folder, 'o', 'out'))).sort()).toEqual(files);
      }),
    60_000,
  );
});
