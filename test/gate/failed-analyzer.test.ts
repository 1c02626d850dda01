import { expect, it } from 'vitest';
import { defects } from '../../analyzers/index.js';
import { gateExit } from '../../src/core/gate.js';
import { createRun } from '../../src/core/run.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { openStudy } from '../../src/dataset/open.js';
import { parsePolicy } from '../../src/gate/parse-policy.js';
import { runJob } from '../../src/runs/job.js';
import { fixture, inFolder } from '../cli/assay.js';

const [broken] = defects
  .filter(({ id }) => id === 'duplicates')
  .map((defect) => ({ ...defect, detect: () => Promise.reject(new Error('no memory')) }));
const others = defects.filter(({ id }) => id === 'missing');

const read = (): Promise<never> => Promise.reject(new Error('nothing is extended'));

it.each([
  ['', 1],
  ['unknown: warn\n', 2],
  ['unknown: pass\n', 2],
  ['unknown: warn\nanalyzers: fail\n', 1],
] as const)(
  'a failed analyzer that no rule is about, under "%s", ends the gate with exit code %i',
  async (says, code) => {
    await inFolder(async (folder) => {
      const text = `version: 1\n${says}rules:\n  - { measurement: missing.null-share, max: 1 }\n`;
      const policy = await parsePolicy('policy.yaml', text, { defects, today: '2026-05-01', read });
      const engine = await createDuckDb({ memory: '1GB', threads: 1, temp: folder });
      const run = createRun({ engine });
      const study = await openStudy({ train: fixture('tiny/clicks.csv'), label: 'click', cache: folder }, run);
      const job = { depth: 'audit', command: 'gate', name: 'clicks', out: folder, seed: 1, budget: 1 } as const;
      const whole = { ...job, study, defects: [...others, broken!], startedAt: new Date(), replay: null, policy };
      const { report } = await runJob({ ...whole, planOnly: false }, run);
      await engine.close();
      expect(report!.gate!.rules[0]!.message).toBe('Duplicates did not finish: This is a bug in Assay: no memory');
      expect(gateExit[report!.gate!.verdict]).toBe(code);
    });
  },
);
