import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../fixtures/golden/audit.js';
import { clean } from '../../fixtures/golden/clean.js';
import { golden } from '../../fixtures/golden/report.js';
import { renderHtml } from '../../reports/renderers/html/render.js';
import { launch } from './launch.js';
import { violations } from './violations.js';

const documents = { report: golden, clean, audit };

let folder: string;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-browser-'));
  for (const [name, report] of Object.entries(documents)) {
    await writeFile(path.join(folder, `${name}.html`), await renderHtml(report));
  }
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

interface Visit {
  readonly page: Page;
  /** Everything the page asked for besides itself. */
  readonly requests: string[];
  /** Errors and warnings of the console and uncaught errors. */
  readonly problems: string[];
}

async function visit(name: keyof typeof documents, options: Parameters<Browser['newPage']>[0] = {}): Promise<Visit> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, ...options });
  const requests: string[] = [];
  const problems: string[] = [];
  const url = pathToFileURL(path.join(folder, `${name}.html`)).href;
  page.on('request', (r) => void (r.url() === url || r.url() === 'data:,' ? null : requests.push(r.url())));
  page.on('console', (m) => void (['error', 'warning'].includes(m.type()) ? problems.push(m.text()) : null));
  page.on('pageerror', (e) => void problems.push(String(e)));
  page.on('dialog', (d) => void problems.push(`dialog ${d.message()}`));
  await page.goto(url);
  return { page, requests, problems };
}

const names = Object.keys(documents) as (keyof typeof documents)[];

describe.each(names)('the page of the golden document %s', (name) => {
  it.each(['light', 'dark'] as const)(
    'opens from disk without a request or an error, and axe finds nothing (%s)',
    async (colorScheme) => {
      const { page, requests, problems } = await visit(name, { colorScheme });
      await page.locator('details').evaluateAll((all) => all.forEach((d) => d.setAttribute('open', '')));
      expect(requests).toEqual([]);
      expect(problems).toEqual([]);
      expect(await violations(page)).toEqual([]);
      await page.close();
    },
  );

  it('has one h1, and every link of the contents leads somewhere', async () => {
    const { page } = await visit(name);
    expect(await page.locator('h1').count()).toBe(1);
    const lost = await page
      .locator('nav a')
      .evaluateAll(
        (links) => links.filter((a) => document.querySelector(a.getAttribute('href') ?? 'none') === null).length,
      );
    expect(lost).toBe(0);
    await page.close();
  });

  it.each([1440, 800, 400])('fits %i pixels without scrolling sideways', async (width) => {
    const { page } = await visit(name, { viewport: { width, height: 900 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await page.close();
  });
});

describe('the report', () => {
  it('runs nothing of what names and values hold', async () => {
    const { page } = await visit('report');
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('body').innerText()).toContain('<script>window.hacke');
    await page.close();
  });

  it('would not pass with a fault that axe knows', async () => {
    const { page } = await visit('report');
    await page.evaluate(() => document.querySelector('h1')?.insertAdjacentHTML('beforebegin', '<img src="data:,">'));
    expect((await violations(page)).join()).toContain('image-alt');
    await page.close();
  });

  it('lets no other script run, whatever is put into it', async () => {
    const { page, problems } = await visit('report');
    await page.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        '<img src="data:," onerror="window.hacked = 1"><b onclick="window.hacked = 1">x</b>',
      );
      document.querySelector('b')?.click();
      const script = document.createElement('script');
      script.textContent = 'window.hacked = 1';
      document.body.append(script);
    });
    await page.waitForTimeout(100);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(problems.some((p) => p.includes('Content Security Policy'))).toBe(true);
    await page.close();
  });

  it('filters columns by name and by what needs a look', async () => {
    const { page } = await visit('report');
    const rows = page.locator('#columns-table tbody tr:visible');
    expect(await rows.count()).toBe(15);
    await page.getByRole('button', { name: 'Needs a look' }).click();
    expect(await rows.count()).toBe(5);
    await page.keyboard.press('/');
    await page.keyboard.type('PRICE');
    expect(await rows.count()).toBe(1);
    expect(await page.locator('[data-filter-count]').innerText()).toBe('1 of 15 columns');
    await page.getByRole('button', { name: 'All 15' }).click();
    await page.getByRole('searchbox').fill('no such column');
    expect(await rows.count()).toBe(0);
    await page.close();
  });

  it('changes its theme by button and key, and keeps the choice', async () => {
    const { page } = await visit('report', { colorScheme: 'light' });
    const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await background()).toBe('rgb(250, 250, 248)');
    await page.getByRole('button', { name: 'Dark' }).click();
    expect(await background()).toBe('rgb(18, 20, 22)');
    await page.reload();
    expect(await background()).toBe('rgb(18, 20, 22)');
    expect(await page.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('t');
    expect(await background()).toBe('rgb(250, 250, 248)');
    await page.getByRole('button', { name: 'Keys' }).click();
    await page.keyboard.press('t');
    await page.reload();
    await page.keyboard.press('t');
    expect(await background()).toBe('rgb(250, 250, 248)');
    await page.getByRole('button', { name: 'Keys' }).click();
    await page.keyboard.press('t');
    expect(await background()).toBe('rgb(18, 20, 22)');
    await page.close();
  });

  it('draws its charts in the colours of the theme', async () => {
    const { page } = await visit('report', { colorScheme: 'light' });
    const mark = page.locator('#curves svg path[stroke="var(--cost)"]').first();
    const stroke = (): Promise<string> => mark.evaluate((e) => getComputedStyle(e).stroke);
    expect(await stroke()).toBe('rgb(216, 97, 42)');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await stroke()).toBe('rgb(226, 115, 58)');
    await page.close();
  });

  it('shows everything but the tools without scripts', async () => {
    const { page } = await visit('report', { javaScriptEnabled: false });
    expect(await page.locator('section:visible').count()).toBe(17);
    expect(await page.locator('#columns-table tbody tr:visible').count()).toBe(15);
    expect(await page.locator('button:visible, input:visible').count()).toBe(0);
    await page.close();
  });

  it('begins with a link to its content', async () => {
    const { page } = await visit('report');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await page.close();
  });

  it.each(names)('prints %s as wide as a sheet of A4 has room, so that nothing is shrunk or cut', async (name) => {
    // 210 mm less the margins of the page, at 96 pixels an inch.
    const { page } = await visit(name, { viewport: { width: 703, height: 1000 } });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(703);
    await page.close();
  });

  it('prints light, with all parts open and no tools', async () => {
    const { page } = await visit('report', { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--ink'))).toBe(
      '#1A1C1E',
    );
    expect(await page.locator('details:not([open])').count()).toBe(0);
    expect(await page.locator('nav:visible, button:visible').count()).toBe(0);
    await page.close();
  });
});
