// The report of a wide study: its size, and how long Chromium takes until something is painted; no request, no error.
import { readFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { renderHtml } from '../../dist/reports/renderers/html/render.js';

const golden = JSON.parse(readFileSync(new URL('../../fixtures/golden/report.json', import.meta.url), 'utf8'));
const rounds = Number(process.env.ASSAY_BENCH_REPEATS ?? 5);
const folder = mkdtempSync(path.join(tmpdir(), 'assay-report-bench-'));
const lines = [];

function figure(name, value, op, bar) {
  const ok = op === '<' ? value < bar : value <= bar;
  lines.push(`figure ${name} ${value} bar ${op} ${bar} ${ok ? 'ok' : 'short'}`);
  console.log(lines.at(-1));
  if (!ok) process.exitCode = 1;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  for (const [columns, megabytes, paint] of [
    [100, 3, 1000],
    [2000, 20, 3000],
  ]) {
    const file = path.join(folder, `report-${columns}.html`);
    writeFileSync(file, await renderHtml(wide(columns)));
    figure(`size-${columns}-mb`, Math.round((100 * statSync(file).size) / 1e6) / 100, '<', megabytes);
    const seen = await paintOf(file);
    figure(`first-paint-${columns}-ms`, seen.paint, '<', paint);
    figure(`requests-${columns}`, seen.requests, '<=', 0);
    figure(`console-${columns}`, seen.problems, '<=', 0);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
const head = `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)} at the end`;
writeFileSync(new URL('results/report.txt', import.meta.url), `${head}\n${lines.join('\n')}\n`);

/** The golden report with so many columns of 40 bins, and 200 rows of every defect that named any. */
function wide(columns) {
  const one = (i) => ({
    ...golden.columns[i % golden.columns.length],
    name: `a_feature_with_a_long_name_${i}`,
    histogram: {
      labels: Array.from({ length: 40 }, (_, b) => `${b * 25} to ${b * 25 + 25}`),
      counts: Array.from({ length: 40 }, (_, b) => ((i + 1) * (b + 3) * 7919) % 40_000),
    },
  });
  const defects = golden.defects.map((d) => {
    const worst = Array.from({ length: d.worst.length === 0 ? 0 : 200 }, (_, i) => d.worst[i % d.worst.length]);
    return { ...d, worst };
  });
  const study = { ...golden.study, columnCount: columns };
  return { ...golden, study, defects, columns: Array.from({ length: columns }, (_, i) => one(i)) };
}

/** The median of the first contentful paint over fresh pages, and all that they asked for or complained about. */
async function paintOf(file) {
  const paints = [];
  let [requests, problems] = [0, 0];
  for (let i = 0; i < rounds; i++) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    const url = pathToFileURL(file).href;
    page.on('request', (r) => void (r.url() === url || r.url().startsWith('data:') ? 0 : requests++));
    page.on('console', (m) => void (['error', 'warning'].includes(m.type()) ? problems++ : 0));
    page.on('pageerror', () => void problems++);
    await page.goto(url);
    paints.push(await page.evaluate(firstPaint));
    await page.close();
  }
  const paint = Math.round(paints.toSorted((a, b) => a - b)[Math.floor(paints.length / 2)]);
  return { paint, requests, problems };
}

/** In the page: milliseconds from the start of the navigation to the first content painted. */
function firstPaint() {
  return new Promise((resolve) => {
    const known = performance.getEntriesByName('first-contentful-paint')[0];
    if (known !== undefined) return resolve(known.startTime);
    new PerformanceObserver((list) => {
      const found = list.getEntriesByName('first-contentful-paint')[0];
      if (found !== undefined) resolve(found.startTime);
    }).observe({ type: 'paint', buffered: true });
  });
}
