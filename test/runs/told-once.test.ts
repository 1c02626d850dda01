import path from 'node:path';
import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { drift } from '../../analyzers/drift/index.js';
import { missing } from '../../analyzers/missing/index.js';
import { renderMarkdown } from '../../reports/renderers/markdown.js';
import { renderTerminal } from '../../reports/renderers/terminal.js';
import { createRandom } from '../../src/core/random.js';
import { audit } from '../../src/library.js';
import { inFolder } from '../cli/assay.js';

/** Twenty days of which a price is lost for three. */
function csv(): string {
  const random = createRandom(7).fork('outage');
  const lines = Array.from({ length: 9600 }, (_, i) => {
    const hour = i / 20;
    const at = new Date(Date.UTC(2026, 0, 5) + hour * 3_600_000).toISOString().slice(0, 19);
    const price = hour > 400 && hour < 470 ? '' : Math.round(100 * random.fork('price').at(i));
    return [at, Number(random.fork('click').at(i) < 0.2), price].join(',');
  });
  return `at,click,price\n${lines.join('\n')}\n`;
}

it('a report tells of an outage where it is found, and of the drift it makes only that it follows', async () => {
  await inFolder(async (folder) => {
    const train = path.join(folder, 'log.csv');
    await writeFile(train, csv());
    const out = path.join(folder, 'out');
    const { report } = await audit({ train, label: 'click', time: 'at', defects: [missing, drift], out });
    const told = report.defects.flatMap(({ id, findings }) =>
      findings.filter(({ severity }) => severity !== 'note').map(({ code }) => `${id}: ${code}`),
    );
    expect(told).toEqual(['missing: missing.outage']);
    const [moved] = report.defects.find(({ id }) => id === 'drift')!.findings;
    expect(moved).toMatchObject({
      code: 'drift.moved',
      severity: 'note',
      because: [{ defect: 'missing', code: 'missing.outage' }],
      message: expect.stringContaining(`This follows from what is told under ${missing.title}.`),
    });
    const text = renderTerminal(report, { width: 100, color: false });
    expect(text).toMatch(new RegExp(`! ${missing.title}`));
    expect(text).toMatch(new RegExp(`\\. ${drift.title}`));
    expect(renderMarkdown(report)).toContain(`This follows from what is told under ${missing.title}.`);
  });
});
