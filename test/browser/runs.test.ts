import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { golden } from '../../fixtures/golden/report.js';
import { renderHtml } from '../../reports/renderers/html/render.js';
import { renderJson } from '../../reports/renderers/json.js';
import { serve, type Served } from '../../web/server/serve.js';
import { launch } from './launch.js';
import { violations } from './violations.js';

let folder: string;
let server: Served;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-runs-'));
  const run = path.join(folder, 'runs', '20261124-140134-3f2a');
  await mkdir(run, { recursive: true });
  await writeFile(
    path.join(run, 'run.json'),
    JSON.stringify({ name: '"><img src=x onerror=alert(1)>', startedAt: '2026-11-24T14:01:34Z' }),
  );
  await writeFile(path.join(run, 'report.json'), renderJson(golden));
  await writeFile(path.join(run, 'report.html'), await renderHtml(golden));
  server = await serve({ folder, port: 0 });
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true });
});

describe('the list of runs in a browser', () => {
  it.each(['light', 'dark'] as const)('is accessible and silent (%s), and leads to the report', async (colorScheme) => {
    const page = await browser.newPage({ colorScheme });
    const problems: string[] = [];
    page.on('console', (m) => void (m.type() === 'error' ? problems.push(m.text()) : null));
    page.on('pageerror', (e) => void problems.push(String(e)));
    page.on('dialog', (d) => void problems.push(d.message()));
    await page.goto(server.address);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: '20261124-140134-3f2a' }).click();
    expect(await page.locator('h1').innerText()).toBe(golden.verdict.sentence);
    expect(await page.locator('#columns-table tbody tr:visible').count()).toBe(golden.columns.length);
    expect(problems).toEqual([]);
    await page.close();
  });
});
