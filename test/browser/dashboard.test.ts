import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRecipe } from '../../src/cleaning/recipe/parse.js';
import { golden } from '../../fixtures/golden/report.js';
import { writeRecipe, writeRun } from '../web/server/session.js';
import { launch } from './launch.js';
import { violations } from './violations.js';

/** Rows with repeats, a gap, and a hostile name: small, and something is found in it. */
function smallLog(rows: number): string {
  const hostile = '"""><img src=x onerror=alert(1)>"';
  const lines = [`clicked,user_id,price,${hostile}`];
  for (let i = 0; i < rows; i++) {
    const n = i % 10 === 9 ? i - 1 : i;
    const price = n % 13 === 0 ? '' : String(((n * 7919) % 1000) / 10);
    lines.push(`${(n * 31) % 7 < 2 ? 1 : 0},u${(n * 17) % 97},${price},${hostile}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The command itself in a process of its own, so that it can be killed. */
class Serve {
  readonly process: ChildProcess;
  readonly entrance: Promise<string>;

  constructor(root: string, port: number) {
    const cli = fileURLToPath(new URL('../../dist/bin/assay.js', import.meta.url));
    this.process = spawn(process.execPath, [cli, 'serve', '--port', String(port)], { cwd: root });
    this.entrance = new Promise((resolve, reject) => {
      this.process.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
      this.process.once('exit', () => reject(new Error('the server ended')));
    });
    this.entrance.catch(() => undefined);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const over = once(this.process, 'exit');
    this.process.kill(signal);
    await over;
  }
}

let root: string;
/** Address of the missing fields that the first run found. */
let findings = '';
let server: Serve;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'assay-dashboard-'));
  await writeFile(path.join(root, 'log.csv'), smallLog(3000));
  await writeFile(path.join(root, 'long.csv'), smallLog(60_000));
  await writeFile(path.join(root, 'typed.csv'), smallLog(1000));
  await writeFile(path.join(root, 'before.csv'), smallLog(3000).replaceAll(',u', ',v'));
  const here = await writeRun(root, '0412-7f3a', {
    name: '"><img src=x onerror=alert(1)>',
    startedAt: '2020-10-05T09:41:00Z',
  });
  await writeRecipe(here);
  server = new Serve(root, 0);
  browser = await launch();
  await open(await server.entrance);
});

afterAll(async () => {
  await browser?.close();
  await server?.end('SIGINT');
  await rm(root, { recursive: true });
});

async function open(entrance: string): Promise<void> {
  await context?.close();
  context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  page = await context.newPage();
  page.setDefaultTimeout(90_000);
  page.on('console', (m) => void (['error', 'warning'].includes(m.type()) ? problems.push(m.text()) : null));
  page.on('pageerror', (e) => void problems.push(String(e)));
  page.on('dialog', (d) => void problems.push(`dialog ${d.message()}`));
  await page.goto(entrance);
  await page.locator('h1:not(.sr)').waitFor();
}

async function accessible(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Presses Tab until the focus is on what has this role and name, as people without a mouse do. */
async function tabTo(role: 'button' | 'link' | 'checkbox' | 'combobox', name: RegExp): Promise<void> {
  await tabInto(page.getByRole(role, { name }).first(), `the ${role} ${String(name)}`);
}

async function tabInto(target: Locator, what: string): Promise<void> {
  await target.waitFor();
  for (let i = 0; i < 150; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${what}`);
}

/** Chooses the long file, gives the trainings `minutes`, and starts. */
async function start(button: RegExp, minutes: string): Promise<void> {
  await page.getByRole('link', { name: 'Start a run' }).first().click();
  await page.getByLabel('Choose a data file').setInputFiles(path.join(root, 'long.csv'));
  await page.getByLabel('Minutes').fill(minutes);
  await page.getByRole('button', { name: button }).click();
  await page.waitForURL(/\/jobs\//);
}

/** The id of a file that is uploaded to the server. */
async function uploadOf(name: string): Promise<string> {
  await page.goto(new URL('/runs/new', page.url()).href);
  await page.getByLabel('Choose a data file').setInputFiles(path.join(root, name));
  await page.waitForURL(/dataset=/);
  return new URL(page.url()).searchParams.get('dataset')!;
}

describe('the dashboard in an empty folder', () => {
  it('says what to do first', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'assay-dashboard-empty-'));
    const other = new Serve(folder, 0);
    await open(await other.entrance);
    expect(await page.locator('h1:not(.sr)').innerText()).toBe('There is no run in this folder yet');
    await accessible();
    await page.getByRole('link', { name: 'Start one' }).press('Enter');
    await page.getByText('No data file lies in the folders').waitFor();
    await accessible();
    await other.end('SIGINT');
    await rm(folder, { recursive: true });
    await open(await server.entrance);
  });
});

describe('the dashboard on a real run, as people walk through it', () => {
  it('takes the token out of the address and lists runs, hostile names as text', async () => {
    expect(page.url()).not.toContain('token');
    expect(await page.locator('h1:not(.sr)').innerText()).toBe('The data set fails its gate');
    expect(await page.locator('img').count()).toBe(0);
    await accessible();
  });

  it('tells a page without the token what to do', async () => {
    const other = await (await browser.newContext()).newPage();
    await other.goto(page.url());
    expect(await other.getByRole('alert').innerText()).toContain('Open the address that the server printed');
    await other.context().close();
  });

  it('starts a run from an uploaded file, its roles inferred and editable', async () => {
    await page.getByRole('link', { name: 'Start a run' }).first().click();
    await page.getByLabel('Choose a data file').setInputFiles(path.join(root, 'log.csv'));
    await page.locator('#role-label').waitFor();
    expect(await page.locator('#role-label option:checked').innerText()).toBe('clicked (inferred)');
    expect(await page.locator('#role-user option:checked').innerText()).toBe('user_id (inferred)');
    await page.locator('#role-user').selectOption('user_id');
    await accessible();
    await page.getByRole('button', { name: 'Look first' }).click();
    await page.waitForURL(/\/jobs\//);
    await page.getByRole('link', { name: 'Open the report' }).waitFor();
    expect(await page.locator('.steps-live li').count()).toBeGreaterThan(3);
    await page.getByRole('heading', { name: 'Found so far' }).waitFor();
    await accessible();
    await page.getByRole('link', { name: 'Open the report' }).click();
    await page.locator('#how').waitFor();
    expect(await page.locator('#findings').innerText()).toContain('Duplicates');
    await accessible();
  });

  it('leads from a finding to its rows, pages them, and on to one row and its cells', async () => {
    findings = new URL(page.url()).pathname + '/findings/missing';
    await page.locator('#findings').getByRole('link', { name: 'Duplicates' }).click();
    await page.locator('.grid a').first().waitFor();
    const status = page.locator('[role="status"]').last();
    const total = Number(/of ([\d,]+)/.exec(await status.innerText())?.[1]?.replace(',', ''));
    expect(total).toBeGreaterThan(200);
    await accessible();
    await page.locator('.grid').evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await page.locator(`[aria-rowindex="${total + 1}"] a`).waitFor();
    expect(await page.locator('.grid [role="row"]').count()).toBeLessThan(60);
    await page.keyboard.press('j');
    expect(new URL(page.url()).searchParams.get('at')).toBe('0');
    await page.locator('[aria-rowindex="2"] a').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('table.cells').waitFor();
    expect(await page.locator('table.cells').innerText()).toContain('<img src=x onerror=alert(1)>');
    await accessible();
    await page.goBack();
    await page.locator('.grid a').first().waitFor();
    expect(new URL(page.url()).searchParams.get('at')).toBe('0');
  });

  it('narrows a finding to a slice by keyboard alone, and goes on to a row and back', async () => {
    await page.goto(new URL(findings, page.url()).href);
    const status = page.locator('[role="status"]').last();
    const total = async (): Promise<number> => {
      await page.locator('.grid a').first().waitFor();
      return Number(/of ([\d,]+)/.exec(await status.innerText())?.[1]?.replace(',', ''));
    };
    const all = await total();
    await tabTo('button', /^missing\.null in price/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/code=missing\.null&column=price/);
    const chip = page.getByRole('button', { name: /^missing\.null in price/ });
    expect(await chip.getAttribute('aria-pressed')).toBe('true');
    const narrowed = await total();
    expect(narrowed).toBe(Number((await chip.innerText()).match(/(\d[\d,]*)$/)![1]!.replace(',', '')));
    expect(narrowed).toBeLessThanOrEqual(all);
    await page.locator('.grid .cell.here').first().waitFor();
    expect(await page.locator('.grid .cell.here').first().innerText()).toMatch(/^price\s+\u2013$/);
    await accessible();
    await page.locator('main').focus();
    await page.keyboard.press('j');
    await page.waitForURL(/at=0/);
    await page.keyboard.press('Enter');
    await page.locator('table.cells').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL(/column=price/);
    await tabTo('button', /^missing\.null in price/);
    await page.keyboard.press('Space');
    await page.waitForFunction(() => !location.search.includes('column='));
  });

  it('marks a run whose data was written again, and shows no row of it', async () => {
    const uploads = path.join(root, '.assay', 'uploads');
    const [name] = (await readdir(uploads)).filter((file) => file.startsWith('log-'));
    await writeFile(path.join(uploads, name!), smallLog(2000));
    await page.goto(new URL(findings, page.url()).href);
    await page.getByText('The data changed since this run, so its rows').waitFor();
    expect(await page.locator('.grid .cell').count()).toBe(0);
    await accessible();
    await page.goto(new URL(findings.replace(/\/findings.*/, ''), page.url()).href);
    await page.getByText('The data changed since this run.').waitFor();
    await page.locator('#how').waitFor();
    await accessible();
  });

  it('shows columns a page at a time and narrows them', async () => {
    await page.goto(new URL('/runs/0412-7f3a/columns', page.url()).href);
    await page.getByRole('searchbox').fill('price');
    await page.getByText('1 to 1 of 1 column').waitFor();
    expect(page.url()).toContain('text=price');
    await accessible();
  });

  it('draws the charts of a report after its page', async () => {
    await page.goto(new URL('/runs/0412-7f3a', page.url()).href);
    await page.locator('#curves svg').first().waitFor();
    expect(await page.locator('h1:not(.sr)').innerText()).toBe(golden.verdict.sentence);
    await accessible();
  });

  it('reviews a recipe by keyboard: a rejected step makes the later ones stale, and an edited copy is kept', async () => {
    await page.goto(new URL('/runs/0412-7f3a/recipe', page.url()).href);
    await page.getByText('Drop exact duplicates').first().waitFor();
    await accessible();
    const states = (): Promise<string[]> => page.locator('.review-steps li > span:nth-of-type(1)').allInnerTexts();
    expect(await states()).toEqual(['accepted', 'accepted', 'accepted']);
    await page.keyboard.press('r');
    await page.getByRole('heading', { name: '2 of 3 steps stay; 2 to be measured again' }).waitFor();
    expect(await states()).toEqual(['to be measured again', 'to be measured again', 'rejected']);
    await page.keyboard.press('z');
    await page.getByRole('heading', { name: '3 steps, as the chain accepted them' }).waitFor();
    await page.keyboard.press('j');
    await page.getByLabel('Strength: weight of the rows it hits').fill('0.25');
    await page.keyboard.press('Tab');
    expect(await states()).toEqual(['accepted', 'to be measured again', 'to be measured again']);
    expect(await page.locator('main').innerText()).toContain('not of your draft');
    await accessible();
    await page.getByRole('button', { name: 'Save as a recipe of your own' }).click();
    await page.getByText('recipes/0412-7f3a-1/recipe.yaml').first().waitFor();
    const kept = await readFile(path.join(root, '.assay', 'recipes', '0412-7f3a-1', 'recipe.yaml'), 'utf8');
    expect(parseRecipe('recipe.yaml', kept).recipe.steps.map((s) => s.evidence === null)).toEqual([false, true, true]);
  });

  it('explores doses: cost of a dose, dose of a budget, both in the address', async () => {
    await page.goto(new URL('/runs/0412-7f3a/dose?curve=0&dose=0', page.url()).href);
    await page.getByRole('slider').focus();
    const before = await page.locator('h1:not(.sr)').innerText();
    await page.keyboard.press('End');
    await page.waitForFunction((text) => document.querySelector('h1:not(.sr)')?.textContent !== text, before);
    expect(new URL(page.url()).searchParams.get('dose')).not.toBe('0');
    await page.getByLabel('Budget in AUC').fill('1');
    await page.getByText('Up to').waitFor();
    await accessible();
  });

  it('goes anywhere from the keyboard', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to' }).fill('ledger');
    await accessible();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /repairs? paid in/ }).waitFor();
    await accessible();
    await page.locator('main').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('g');
    await page.getByRole('heading', { name: 'The newest run fails two of 5 rules' }).waitFor();
    await page.locator('table').first().waitFor();
    await accessible();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.getByText('Gate, last 20 runs').waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    await accessible();
  });

  it('lets single keys be turned off and on', async () => {
    const dark = (): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset['theme']);
    const turn = async (): Promise<void> => {
      await page.keyboard.press('Control+k');
      await tabTo('button', /^Single keys do nothing/);
      await page.keyboard.press('Enter');
      await accessible();
      await page.keyboard.press('Escape');
      await page.locator('main').focus();
    };
    await turn();
    await page.keyboard.press('t');
    expect(await dark()).toBeUndefined();
    await turn();
    await page.keyboard.press('t');
    await page.keyboard.press('t');
    expect(await dark()).toBe('light');
    await page.evaluate(() => {
      localStorage.removeItem('assay-theme');
      delete document.documentElement.dataset['theme'];
    });
  });

  it('compares two runs, what makes them unlike first', async () => {
    await page.locator('main').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.getByRole('checkbox').nth(1).waitFor();
    for (const name of [/^Compare 0412/, /^Compare \d{8}-/]) {
      await tabTo('checkbox', name);
      await page.keyboard.press('Space');
    }
    await tabTo('link', /^Compare the two chosen/);
    await page.keyboard.press('Enter');
    await page.getByText('Not like for like.').waitFor();
    expect(new URL(page.url()).searchParams.get('a')).toBe('0412-7f3a');
    await accessible();
  });

  it('shows plan and time before a run starts, and starts it by that plan, by keyboard alone', async () => {
    await page.goto(new URL(`/runs/new?dataset=${encodeURIComponent(await uploadOf('before.csv'))}`, page.url()).href);
    await page.getByLabel('Minutes').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('0.05');
    await tabTo('button', /^Show plan and time first/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What the run will do' }).waitFor();
    expect(await page.getByRole('table', { name: 'The plan of trainings' }).innerText()).toMatch(
      /at most \d+ trainings/,
    );
    await accessible();
    await page.reload();
    await page.getByRole('heading', { name: 'What the run will do' }).waitFor();
    expect(await page.getByLabel('Minutes').inputValue()).toBe('0.05');
    await page.locator('#role-user').focus();
    await page.keyboard.press('p');
    await page.getByRole('heading', { name: 'A plan for other choices' }).waitFor();
    await accessible();
    await page.keyboard.press('ArrowUp');
    await page.reload();
    await tabTo('button', /^Start the run by this plan, about/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/jobs\//);
    await page.locator('.steps-live li').first().waitFor();
    await accessible();
    await page.getByRole('link', { name: 'Open the report' }).waitFor();
    await tabTo('link', /^Open the report/);
    await page.keyboard.press('Enter');
    await page.locator('#how').waitFor();
    await accessible();
  });

  it('compares two data sets: does AUC differ, and why', async () => {
    const dataset = await uploadOf('log.csv');
    await page.goto(new URL(`/runs/new?dataset=${encodeURIComponent(dataset)}`, page.url()).href);
    await page.getByLabel('Minutes').fill('0.05');
    await tabTo('combobox', /^Earlier data set/);
    const others = await page.locator('#before option').allInnerTexts();
    for (let i = others.findIndex((name) => name.includes('before')); i > 0; i--)
      await page.keyboard.press('ArrowDown');
    expect(await page.locator('#before').inputValue()).toContain('before');
    await tabTo('button', /^Compare the data sets/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/jobs\//);
    await page.getByRole('link', { name: 'Open the comparison' }).click();
    await page.locator('#verdict-title').waitFor();
    expect(await page.locator('main').innerText()).toContain('B − A');
    await accessible();
    await page.goto(new URL('/', page.url()).href);
    await page.getByRole('heading', { name: 'Data sets compared' }).waitFor();
    await accessible();
  });

  it('takes a file, its roles and a start by keyboard alone', async () => {
    // Asked for before anything is pressed: the browser is told to hand its dialog over by a message of its
    // own, which a key pressed at once can overtake.
    const asked = page.waitForEvent('filechooser');
    await page.goto(new URL('/', page.url()).href);
    await tabTo('link', /^Start a run/);
    await page.keyboard.press('Enter');
    await tabInto(page.getByLabel('Choose a data file'), 'the file field');
    await page.keyboard.press('Enter');
    await (await asked).setFiles(path.join(root, 'typed.csv'));
    await page.waitForURL(/dataset=.*typed/);
    await tabInto(page.locator('#role-item'), 'the role of the item');
    await page.keyboard.type('user');
    expect(await page.locator('#role-item').inputValue()).toBe('user_id');
    await page.keyboard.press('Home');
    expect(await page.locator('#role-item').inputValue()).toBe('');
    await tabTo('button', /^Look first/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/jobs\//);
    await tabTo('link', /^Open the report/);
    await page.keyboard.press('Enter');
    await page.locator('#findings').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });

  it('says what is wrong at an address of nothing', async () => {
    await page.goto(new URL('/runs/nothing', page.url()).href);
    expect(await page.getByRole('alert').innerText()).toContain('no such run');
    await accessible();
    expect(problems.splice(0).every((p) => p.includes('404'))).toBe(true);
  });

  it('cancels a run and keeps what was found until then', async () => {
    await start(/Start the run/, '10');
    await page.locator('.steps-live li', { hasText: 'propose repairs' }).first().waitFor();
    await tabTo('button', /^Cancel/);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Open the report' }).waitFor();
    expect(await page.locator('h1:not(.sr)').innerText()).toMatch(/^Cancelled/);
    await tabTo('link', /^Open the report/);
    await page.keyboard.press('Enter');
    await page.locator('#findings').waitFor();
    expect(await page.locator('.strip.warn-strip').first().innerText()).toContain('Cancelled.');
  });

  it('goes on when its page is closed, and is marked when its server is killed', async () => {
    await start(/Start the run/, '10');
    await page.locator('.steps-live li').first().waitFor();
    await accessible();
    const here = page.url();
    await page.goto('about:blank');
    await page.goto(here);
    await page.locator('.steps-live li').first().waitFor();
    expect(await page.locator('h1:not(.sr)').innerText()).toMatch(/^Running/);
    expect(problems).toEqual([]);
    await server.end('SIGKILL');
    await page.getByText('The server does not answer').waitFor();
    server = new Serve(root, Number(new URL(here).port));
    await open(await server.entrance);
    // The old page tried again and again while nobody answered.
    expect(problems.splice(0).every((p) => p.includes('ERR_'))).toBe(true);
    await page.getByText('interrupted').last().waitFor();
    await page.goto(here);
    await page.getByText('Interrupted: ').waitFor();
    await accessible();
  });

  it('said nothing on the console that it should not have', () => {
    expect(problems).toEqual([]);
  });
});
