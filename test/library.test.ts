import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AssayError, audit, createDuckDb, createRun, defects, undo } from '../src/index.js';
import { fixture, inFolder } from './cli/assay.js';

const telco = fixture('real/telco-churn.csv.gz');
const quick = defects.filter((defect) => defect.id === 'duplicates' || defect.id === 'missing');

describe('the library', () => {
  it('audits a file with plain options and writes the folder of a run', () =>
    inFolder(async (folder) => {
      const out = path.join(folder, 'out');
      const { report, folder: run } = await audit({ train: telco, defects: quick, out });
      expect(report.defects.map((d) => [d.id, d.outcome])).toEqual(quick.map((d) => [d.id, 'ok']));
      expect(await readdir(run)).toContain('report.html');
    }));

  it('uses the run it is given and leaves it open', () =>
    inFolder(async (folder) => {
      const engine = await createDuckDb();
      const run = createRun({ engine, seed: 3 });
      const options = { train: telco, defects: quick, out: path.join(folder, 'out'), seed: 3 };
      expect((await audit(options, run)).report.how.seed).toBe(3);
      expect(await engine.rows({ sql: 'SELECT 1 AS one' }, 1, run)).toEqual([{ one: 1 }]);
      await engine.close();
    }));

  it('ends with an error of a code', () =>
    inFolder(async (folder) => {
      const missing = undo(path.join(folder, 'none'), path.join(folder, 'back.csv'));
      await expect(missing).rejects.toBeInstanceOf(AssayError);
      await expect(missing).rejects.toMatchObject({ code: 'file-not-found' });
    }));
});
