// Pages and states of the dashboard as PNG: a real server over a real demo run, a gated run and an upload.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serve } from '../../dist/web/server/serve.js';
import { renderHtml } from '../../dist/reports/renderers/html/render.js';

const cli = new URL('../../dist/src/cli/main.js', import.meta.url).pathname;
const fixtures = new URL('../../fixtures/', import.meta.url);

/** Shoots every page in both themes and widths; `demo` is a folder with the result of `assay demo`, made where absent. */
export async function shootDashboard(browser, out, demo = process.env.ASSAY_DEMO) {
  const root = mkdtempSync(path.join(tmpdir(), 'assay-screens-'));
  try {
    await lay(root, demo);
    const server = await serve({ folder: path.join(root, '.assay'), data: [root], port: 0 });
    const empty = await serve({ folder: path.join(root, 'empty'), data: [], port: 0 });
    try {
      const pages = await pagesOf(root, server);
      for (const colorScheme of ['light', 'dark']) {
        for (const width of [1440, 800]) {
          const page = await browser.newPage({ viewport: { width, height: 1000 }, colorScheme });
          await page.goto(server.entrance);
          for (const [name, address, work] of pages) {
            await page.goto(new URL(address, server.address).href);
            await settle(page);
            if (work !== undefined) await work(page);
            await page.screenshot({
              path: new URL(`dashboard-${name}-${colorScheme}-${width}.png`, out).pathname,
              fullPage: true,
            });
          }
          await page.goto(empty.entrance);
          await settle(page);
          await page.screenshot({ path: new URL(`dashboard-empty-${colorScheme}-${width}.png`, out).pathname });
          await page.close();
        }
      }
    } finally {
      await server.close();
      await empty.close();
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function lay(root, demo) {
  if (demo === undefined) run(root, ['demo', '--rows', '60000', '--budget', '20s', '--quiet']);
  else cpSync(path.join(demo, '.assay'), path.join(root, '.assay'), { recursive: true });
  copyFileSync(new URL('real/telco-churn.csv.gz', fixtures), path.join(root, 'churn.csv.gz'));
  copyFileSync(new URL('tiny/odd-names.csv', fixtures), path.join(root, 'odd-names.csv'));
  for (const [i, name] of ['report', 'clean', 'report'].entries()) {
    const folder = path.join(root, '.assay', 'runs', `0${i + 1}12-golden`);
    mkdirSync(folder, { recursive: true });
    const text = readFileSync(new URL(`golden/${name}.json`, fixtures), 'utf8');
    writeFileSync(path.join(folder, 'report.json'), text);
    writeFileSync(path.join(folder, 'report.html'), await renderHtml(JSON.parse(text)));
    const record = {
      name: JSON.parse(text).study.name,
      command: 'run',
      version: '0.1.0',
      startedAt: `2026-0${i + 1}-12T08:00:00Z`,
      seconds: 900,
    };
    writeFileSync(path.join(folder, 'run.json'), JSON.stringify(record));
  }
}

function run(cwd, args) {
  execFileSync(process.execPath, [cli, ...args], { cwd, stdio: ['ignore', 'ignore', 'ignore'] });
}

/**
 * The addresses of this server's own runs, and what to do there first.
 * @returns {Promise<[string, string, ((page: import('playwright-core').Page) => Promise<void>)?][]>}
 */
async function pagesOf(root, server) {
  const [id] = readdirSync(path.join(root, '.assay', 'runs')).filter((name) => /^\d{8}-/.test(name));
  const { job, flagged } = await started(root, server, id);
  return [
    ['home', '/'],
    ['new', '/runs/new'],
    ['prepare', `/runs/new?dataset=${encodeURIComponent(`${path.basename(root)}/churn.csv.gz`)}`],
    ['run', `/runs/${id}`],
    ['finding', `/runs/${id}/findings/${flagged.id}`],
    ['row', `/runs/${id}/rows/${flagged.row}`],
    ['columns', `/runs/${id}/columns`],
    ['recipe', `/runs/${id}/recipe`],
    ['recipe-rejected', `/runs/${id}/recipe?order=&step=0`],
    ['dose', `/runs/0112-golden/dose`],
    ['compare', `/compare?a=0112-golden&b=0312-golden`],
    ['compare-unlike', `/compare?a=0112-golden&b=${id}`],
    ['gate', '/gate'],
    ['ledger', '/ledger'],
    ['job-done', `/jobs/${job}`],
    ['problem', '/runs/none-such'],
    ['palette', '/', (page) => page.keyboard.press('Control+k')],
  ];
}

async function started(root, server, id) {
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
  const ask = async (url, init = {}) => (await fetch(new URL(url, server.address), { ...init, headers })).json();
  const { report } = await ask(`/api/runs/${id}`);
  const found = report.defects.find((d) => d.worst.length > 0);
  const body = { dataset: `${path.basename(root)}/churn.csv.gz`, depth: 'run', roles: {}, budget: 5, seed: 1 };
  const job = await ask('/api/jobs', { method: 'POST', body: JSON.stringify(body) });
  while ((await ask(`/api/jobs/${job.id}`)).state === 'running') await new Promise((r) => setTimeout(r, 300));
  return { job: job.id, flagged: { id: found.id, row: found.worst[0].row_key } };
}

async function settle(page) {
  await page.locator('h1, [role="alert"]').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.loading') === null);
}
