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
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serve } from '../../dist/web/server/serve.js';
import { renderHtml } from '../../dist/reports/renderers/html/render.js';

const cli = new URL('../../dist/bin/assay.js', import.meta.url).pathname;
const fixtures = new URL('../../fixtures/', import.meta.url);

/** Shoots every page in both themes and widths; `demo` is a folder with the result of `assay demo`, made where absent. */
export async function shootDashboard(browser, out, demo = process.env.ASSAY_DEMO) {
  const root = mkdtempSync(path.join(tmpdir(), 'assay-screens-'));
  try {
    await lay(root, demo);
    const server = await serve({
      folder: path.join(root, '.assay'),
      data: demo === undefined ? [root] : [root, demo],
      port: 0,
    });
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
  writeFileSync(path.join(root, 'before.csv'), clicks(12_000, 1, 0.1));
  writeFileSync(path.join(root, 'long.csv'), clicks(200_000, 1, 0.1));
  writeFileSync(path.join(root, 'after.csv'), clicks(12_000, 100, 0.05));
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
  const { ask, job, flagged } = await started(root, server, id);
  const churn = `${path.basename(root)}/churn.csv.gz`;
  const plan = await ended(ask, { dataset: churn, depth: 'plan', roles: {}, budget: 60, seed: 1 });
  const comparison = await ended(ask, {
    dataset: `${path.basename(root)}/after.csv`,
    before: `${path.basename(root)}/before.csv`,
    roles: {},
    budget: 10,
    seed: 1,
  });
  const stale = (
    await ask(
      '/api/jobs/' +
        (await ended(ask, {
          dataset: `${path.basename(root)}/odd-names.csv`,
          depth: 'audit',
          roles: {},
          budget: 1,
          seed: 1,
        })),
    )
  ).run;
  const touched = new Date(Date.now() + 60_000);
  utimesSync(path.join(root, 'odd-names.csv'), touched, touched);
  // Goes on for as long as pages are shot; the server stops it when it closes.
  const running = await begun(ask, {
    dataset: `${path.basename(root)}/long.csv`,
    depth: 'run',
    roles: {},
    budget: 3600,
    seed: 1,
  });
  return [
    ['home', '/'],
    ['new', '/runs/new'],
    ['prepare', `/runs/new?dataset=${encodeURIComponent(churn)}`],
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
    ['job-running', `/jobs/${running}`],
    ['plan', `/runs/new?dataset=${encodeURIComponent(churn)}&plan=${plan}`],
    ['comparison', `/comparisons/${comparison}`],
    ['stale', `/runs/${stale}`],
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
  const job = await ended(ask, body);
  return { ask, job, flagged: { id: found.id, row: found.worst[0].row_key } };
}

async function begun(ask, body) {
  return (await ask('/api/jobs', { method: 'POST', body: JSON.stringify(body) })).id;
}

async function ended(ask, body) {
  const id = await begun(ask, body);
  while ((await ask(`/api/jobs/${id}`)).state === 'running') await new Promise((r) => setTimeout(r, 300));
  return id;
}

/** Two logs of which the later one has its prices in another unit and fewer clicks. */
function clicks(rows, unit, share) {
  const lines = ['clicked,user_id,price,hour'];
  for (let i = 0; i < rows; i++) {
    const price = ((i * 7919) % 1000) / 10;
    const clicked = ((i * 104_729) % 1009) / 1009 < share + price / 200 ? 1 : 0;
    lines.push(`${clicked},u${(i * 17) % 1499},${price * unit},${(i * 13) % 24}`);
  }
  return `${lines.join('\n')}\n`;
}

async function settle(page) {
  await page.locator('h1, [role="alert"]').first().waitFor();
  // The page of a run that goes on is never without a request.
  if (page.url().includes('/jobs/')) await page.waitForTimeout(1500);
  else await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.loading') === null);
}
