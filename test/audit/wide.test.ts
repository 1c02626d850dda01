import path from 'node:path';
import { expect, it } from 'vitest';
import { defects } from '../../analyzers/index.js';
import { audit } from '../../src/audit/audit.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { openStudy } from '../../src/dataset/open.js';
import { inFolder } from '../cli/assay.js';

const columns = 210;
const rows = 600;
/** Models are capped by what they read, not by columns; the bench of wide files trains them. */
const looking = defects.filter(({ trains }) => !trains);

/** Normal-like numbers that depend on row and column alone; the last three columns are damaged. */
function cell(i: number): string {
  const noise = `(hash(r * 1009 + ${i}) % 100000) / 100000.0`;
  if (i === columns - 1) return `7 AS c${i}`;
  if (i === columns - 2) return `CASE WHEN r % 5 < 2 THEN NULL ELSE ${noise} END AS c${i}`;
  if (i === columns - 3) return `y + ${noise} / 10 AS c${i}`;
  return `${noise} AS c${i}`;
}

it('looks at every column of a wide table for what is cheap, and says where a cap ended a dearer look', async () => {
  await inFolder(async (folder) => {
    const engine = await createDuckDb({ memory: '1GB', threads: 2 });
    const run = createRun({ engine, threads: 2 });
    const train = path.join(folder, 'wide.parquet');
    const cells = Array.from({ length: columns }, (_, i) => cell(i)).join(', ');
    const sql = `SELECT y, ${cells} FROM (SELECT r, CAST(hash(r) % 4 = 0 AS INTEGER) AS y FROM range(${rows}) t(r))`;
    await engine.write({ sql }, { kind: 'parquet', path: train }, run);
    const study = await openStudy({ train, label: 'y', positive: '1', cache: folder }, run);
    const found = await audit(study, looking, run);
    const findings = [...found.values()].flatMap((o) => (o.outcome === 'ok' ? o.evidence.findings : []));
    expect([...found].filter(([, { outcome }]) => outcome === 'failed')).toEqual([]);
    for (const [code, at] of [
      ['constants.constant', columns - 1],
      ['missing.null', columns - 2],
      ['leakage.tells-label', columns - 3],
    ] as const)
      expect(findings).toContainEqual(
        expect.objectContaining({ code, args: expect.objectContaining({ column: `c${at}` }) }),
      );
    for (const [code, args] of [
      ['constants.not-compared', { compared: 200 }],
      ['leakage.not-compared', { compared: 200 }],
    ] as const)
      expect(findings).toContainEqual(expect.objectContaining({ code, args: expect.objectContaining(args) }));
    await run.close();
    await engine.close();
  });
});
