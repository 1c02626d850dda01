// `npm run screenshots`: the golden reports as PNG (light and dark, 1440 and 800 wide) and PDF, and every page of the
// dashboard over a demo run, from the built package. ASSAY_DEMO names a folder where `assay demo` ran already.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { renderHtml } from '../../dist/reports/renderers/html/render.js';
import { shootDashboard } from './shoot-dashboard.mjs';

const out = new URL('screenshots/', import.meta.url);
mkdirSync(out, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const name of ['report', 'clean', 'audit']) {
  const golden = JSON.parse(readFileSync(new URL(`../../fixtures/golden/${name}.json`, import.meta.url), 'utf8'));
  const file = new URL(`${name}.html`, out);
  writeFileSync(file, await renderHtml(golden));
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1440, 800]) {
      const page = await browser.newPage({ viewport: { width, height: 1000 }, colorScheme });
      await page.goto(file.href);
      await page.screenshot({ path: new URL(`${name}-${colorScheme}-${width}.png`, out).pathname, fullPage: true });
      await page.close();
    }
  }
  const page = await browser.newPage();
  await page.goto(file.href);
  await page.pdf({ path: new URL(`${name}.pdf`, out).pathname, format: 'A4', preferCSSPageSize: true });
  await page.close();
}
await shootDashboard(browser, out);
await browser.close();
console.log(`written to ${out.pathname}`);
