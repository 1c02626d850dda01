import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clean } from '../../fixtures/golden/clean.js';
import { golden } from '../../fixtures/golden/report.js';
import { openSession, writeRun, type Session } from '../web/server/session.js';
import { launch } from './launch.js';
import { violations } from './violations.js';

const wide = 2000;
/** As long as a column name may well be where a warehouse made it of a path. */
const long = (i: number): string => `warehouse.events.${'nested_struct_field_'.repeat(8)}value_${i}`;

let session: Session;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  session = await openSession();
  const [first] = golden.columns;
  const columns = Array.from({ length: wide }, (_, i) => ({
    ...first!,
    name: i % 2 === 0 ? long(i) : `c${i}`,
    findings: i >= wide - 3 ? ['missing.null'] : [],
  }));
  await writeRun(session.root, 'wide', { name: long(0) }, { ...golden, columns });
  await writeRun(session.root, 'clean', { name: 'clean' }, clean);
  browser = await launch();
  page = await (await browser.newContext({ viewport: { width: 800, height: 900 } })).newPage();
  await page.goto(session.server.entrance);
  await page.locator('h1').waitFor();
});

afterAll(async () => {
  await browser?.close();
  await session?.close();
});

async function open(path: string): Promise<void> {
  await page.goto(new URL(path, session.server.address).href);
}

async function fits(): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
  }
}

describe('the columns of a run with 2,000 of them and long names', () => {
  it('shows those that need a look first, a hundred at a time', async () => {
    await open('/runs/wide/columns');
    await page.getByText('1 to 100 of 2,000 columns').waitFor();
    expect(await page.locator('table.columns tbody tr').count()).toBe(100);
    const names = await page.locator('table.columns tbody th .name').allInnerTexts();
    expect(names.slice(0, 3).some((name) => name.includes('c1999'))).toBe(true);
    await fits();
  });

  it('cuts a long name in the middle, never wraps it, and shows all of it on focus', async () => {
    const name = page.locator('table.columns .name.cut').first();
    const full = await name.getAttribute('title');
    expect(full).toMatch(/^warehouse\.events\..*value_\d+$/);
    const seen = await name.locator('[aria-hidden]').innerText();
    expect(seen.length).toBeLessThan(40);
    expect(seen).toMatch(/^warehouse.*…|\.\.\..*\d$/);
    expect((await name.boundingBox())!.height).toBeLessThan(30);
    await name.focus();
    expect(await name.evaluate((e) => getComputedStyle(e, '::after').content)).toContain(full!);
  });

  it('finds any of them by its whole name, and says how many were looked at where none is found', async () => {
    await page.getByRole('searchbox').fill(long(1200));
    await page.getByText('1 to 1 of 1 column').waitFor();
    await page.getByRole('searchbox').fill('no such column');
    await page.getByText('No column matches: 0 of 2,000 columns.').waitFor();
    expect(await page.locator('table.columns').count()).toBe(0);
    await fits();
  });

  it('fits the other pages that name the run and its columns', async () => {
    for (const path of ['/', '/runs/wide', '/compare?a=clean&b=wide', '/gate']) {
      await open(path);
      await page.locator('h1').waitFor();
      await page.waitForLoadState('networkidle');
      expect([path, await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)]).toEqual([path, 0]);
    }
  });
});

describe('what a page shows when there is nothing to show', () => {
  it('grey lines while it waits, with a word for those who hear the page', async () => {
    await page.route('**/api/runs/clean', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      await route.continue();
    });
    await open('/runs/clean');
    await page.locator('.loading').waitFor();
    expect(await page.locator('.loading').innerText()).toContain('Loading');
    expect(await violations(page)).toEqual([]);
    await page.locator('#how').waitFor();
    // The charts come after the page and have lines of their own.
    await page.waitForFunction(() => document.querySelector('.loading') === null);
    expect(await page.locator('h1').innerText()).toBe(clean.verdict.sentence);
    await page.unroute('**/api/runs/clean');
  });

  it('an error in one panel leaves the others, and says what it was', async () => {
    const problem = { code: 'internal', message: 'The engine ran out of its 1 GB of memory.' };
    await page.route('**/api/jobs', (route) => route.fulfill({ status: 500, json: problem }));
    await open('/');
    await page.getByRole('alert').getByText(problem.message).waitFor();
    expect(await page.getByRole('table', { name: 'Runs with verdict' }).locator('tbody tr').count()).toBe(2);
    await fits();
    await page.unroute('**/api/jobs');
  });

  it('an error of the whole page is its heading', async () => {
    await page.route('**/api/runs/clean', (route) => route.abort());
    await open('/runs/clean');
    expect(await page.getByRole('alert').getByRole('heading').innerText()).toContain('does not answer');
    await fits();
    await page.unroute('**/api/runs/clean');
  });

  it('runs of which none is found: how many were looked at', async () => {
    await open('/?text=none-such');
    await page.getByText('No run matches "none-such": 0 of 2 runs.').waitFor();
    expect(await page.getByRole('table', { name: 'Runs with verdict' }).locator('tbody tr').count()).toBe(0);
    await fits();
  });
});
