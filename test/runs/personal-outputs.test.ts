import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defects } from '../../analyzers/index.js';
import { audit } from '../../src/audit/audit.js';
import { createRun } from '../../src/core/run.js';
import { createRandom } from '../../src/core/random.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { openStudy } from '../../src/dataset/open.js';
import { serve } from '../../web/server/serve.js';
import { assay, inFolder } from '../cli/assay.js';

const key = 'a key that is nowhere written down';
const surnames = Array.from({ length: 80 }, (_, i) => `Zyxfamily${String.fromCodePoint(97 + (i % 26))}${i}`);

/** A log in which each kind of value can be told from all else: what must appear nowhere. */
function csv(rows: number): { text: string; personal: readonly string[] } {
  const random = createRandom(3).fork('people');
  const lines = Array.from({ length: rows }, (_, i) => {
    const amount = Math.round(random.fork('amount').at(i) * 1000) / 10;
    const click = Number(random.fork('click').at(i) < amount / 200);
    const drawn = surnames[Math.floor(random.fork('name').at(i) * surnames.length)]!;
    // Slips of the pen, which a repair of dirty cells would spell out in its plan.
    const surname = i % 60 === 7 ? `${drawn.slice(0, 6)}x${drawn.slice(7)}` : drawn;
    const email = i % 7 === 0 ? '' : `qq${surname.toLowerCase()}${i}@wvutmail.example`;
    const note = i % 40 === 0 ? `ring +44 20 7946 0${100 + (i % 800)}` : i % 3 === 0 ? 'longtext '.repeat(30) : 'fine';
    // Twice the same row now and then, with the other label: something for the other detectors to quote.
    const row = [click, amount, surname, email, note, i % 2 === 0 ? 'desk' : 'phone'].join(',');
    return i % 25 === 0 ? `${row}\n${[1 - click, amount, surname, email, note, 'desk'].join(',')}` : row;
  });
  const personal = [...surnames, 'qqzyx', 'wvutmail', '7946 0', 'longtext '.repeat(23)];
  return { text: `click,amount,last_name,email,note,device\n${lines.join('\n')}\n`, personal };
}

const policy = `version: 1
name: nobody
rules:
  - measurement: pii.columns
    max: 0
    level: fail
`;

/** A person's own recipe that touches every cell of two personal columns, so that its log of changes is full of them. */
const byHand = `version: 1
made: { assay: by hand, source: another, rows: 1 }
steps:
  - defect: dirty-cells
    repair: by-hand
    title: by hand
    acceptedBy: person
    plan:
      - { id: 1, code: by-hand, verb: set-cell, column: last_name, where: { all: true }, to: { lit: { type: VARCHAR, text: gone } } }
      - { id: 2, code: by-hand, verb: set-cell, column: note, where: { all: true }, to: { lit: { type: VARCHAR, text: gone } } }
`;

describe('personal values', () => {
  it('reach no output of a run', { timeout: 300_000 }, async () => {
    await inFolder(async (folder) => {
      const { text, personal } = csv(700);
      await writeFile(path.join(folder, 'people.csv'), text);
      await writeFile(path.join(folder, 'gate.yaml'), policy);
      const env = { ASSAY_HASH_KEY: key };
      const roles = ['--label', 'click'];
      const outputs = new Map<string, string>();
      const ran = await assay(folder, ['run', 'people.csv', ...roles, '--budget', '2s', '--verbose'], { env });
      expect(ran.code === 0 ? '' : ran.err).toBe('');
      outputs.set('run', ran.out + ran.err);
      const runs = path.join(folder, '.assay', 'runs');
      const [id] = await readdir(runs);
      for (const format of ['text', 'json', 'markdown', 'html', 'junit', 'github']) {
        const { out, err } = await assay(folder, ['report', id!, '--format', format]);
        outputs.set(format, out + err);
      }
      const gated = await assay(folder, ['gate', 'people.csv', ...roles, '--policy', 'gate.yaml', '--verbose'], {
        env,
      });
      // It was judged, and by that rule.
      expect({ code: gated.code, isNamed: gated.out.includes('pii.columns') }).toEqual({ code: 1, isNamed: true });
      outputs.set('gate', gated.out + gated.err);
      const made = await readdir(path.join(runs, id!), { recursive: true, withFileTypes: true });
      for (const entry of made.filter((e) => e.isFile())) {
        const file = path.join(entry.parentPath, entry.name);
        // What is cleaned, kept apart or changed is the data itself.
        if (path.basename(entry.parentPath) === 'cleaned' && file.endsWith('.parquet')) continue;
        outputs.set(entry.name, file.endsWith('.parquet') ? await rowsOf(file) : await readFile(file, 'utf8'));
      }
      expect([...outputs.keys()]).toEqual(expect.arrayContaining(['findings.parquet', 'recipe.yaml', 'run.json']));
      const told = await assay(folder, ['schema', 'people.csv', ...roles]);
      outputs.set('schema', told.out + told.err);
      await writeFile(path.join(folder, 'by-hand.yaml'), byHand);
      const applied = await assay(folder, ['apply', 'by-hand.yaml', 'people.csv', '--out', 'applied']);
      expect(applied.code === 0 ? '' : applied.err).toBe('');
      outputs.set('apply', applied.out + applied.err);
      // The pages of a run in which that recipe was chosen.
      await mkdir(path.join(runs, id!, 'cleaned'), { recursive: true });
      await copyFile(
        path.join(folder, 'applied', 'changes.parquet'),
        path.join(runs, id!, 'cleaned', 'changes.parquet'),
      );
      await copyFile(path.join(folder, 'by-hand.yaml'), path.join(runs, id!, 'recipe.yaml'));
      const ids = await readdir(runs);
      expect(ids).toHaveLength(2);
      for (const [url, all] of await served(
        folder,
        id!,
        ids.find((other) => other !== id)!,
      ))
        outputs.set(url, all);
      expect(outputs.get(`runs/${id!}/recipe/0/changes`)).toContain('[masked]');
      expect(outputs.get(`runs/${id!}/rows?keys=0,7,25`)).toContain('[masked]');
      expect(outputs.get('report.json')).toContain('pii.email');
      expect(outputs.get('report.json')).toContain('hash-personal');
      const found = [...outputs].flatMap(([name, all]) =>
        [...personal, key]
          .filter((value) => all.toLowerCase().includes(value.toLowerCase()))
          .map((v) => `${name}: ${v}`),
      );
      expect(found).toEqual([]);
    });
  });
});

describe('what an audit tells while it runs', () => {
  it('holds no personal value', async () => {
    await inFolder(async (folder) => {
      const { text, personal } = csv(700);
      await writeFile(path.join(folder, 'people.csv'), text);
      const engine = await createDuckDb({ threads: 2 });
      const told: string[] = [];
      const run = createRun({
        engine,
        threads: 2,
        news: (news) => void told.push(JSON.stringify(news)),
        log: (line) => void told.push(line),
      });
      const train = path.join(folder, 'people.csv');
      await audit(
        await openStudy({ train, label: 'click', positive: '1', cache: path.join(folder, 'cache') }, run),
        defects,
        run,
      );
      await run.close();
      await engine.close();
      expect(told).toHaveLength(defects.length);
      const said = told.join('\n').toLowerCase();
      expect(personal.filter((value) => said.includes(value.toLowerCase()))).toEqual([]);
    });
  });
});

/** What the dashboard is told of a run, page by page, and of rows of the data behind it. */
async function served(folder: string, id: string, other: string): Promise<readonly (readonly [string, string])[]> {
  const server = await serve({ folder: path.join(folder, '.assay'), data: [folder], port: 0 });
  const get = async (url: string): Promise<string> => {
    const answer = await fetch(new URL(`api/${url}`, server.address), {
      headers: { authorization: `Bearer ${server.token}` },
    });
    expect(`${url} ${answer.status}`).toMatch(/ (200|404)$/);
    return answer.text();
  };
  const one = `runs/${id}`;
  const told: [string, string][] = [];
  const urls = ['runs', one, `${one}/charts`, `${one}/columns`, `${one}/recipe`, 'datasets', 'ledger', 'gate'];
  for (const defect of ['pii', 'duplicates', 'conflicts', 'missing', 'dirty-cells', 'label-noise'])
    urls.push(`${one}/findings/${defect}`, `${one}/findings/${defect}/rows`);
  for (const row of [0, 7, 25, 67]) urls.push(`${one}/rows/${row}`);
  urls.push(`${one}/rows?keys=0,7,25`, `${one}/recipe/0/changes`, `compare?a=${id}&b=${other}`);
  for (const file of ['report.html', 'report.json', 'recipe.yaml']) urls.push(`${one}/files/${file}`);
  const { datasets } = JSON.parse(await get('datasets')) as { datasets: readonly { id: string }[] };
  const people = datasets.filter(({ id: name }) => name.endsWith('people.csv'));
  expect(people).toHaveLength(1);
  urls.push(`datasets/preview?dataset=${encodeURIComponent(people[0]!.id)}`);
  for (const url of urls) told.push([url, await get(url)]);
  await server.close();
  return told;
}

async function rowsOf(file: string): Promise<string> {
  const engine = await createDuckDb({ threads: 1 });
  const run = createRun({ engine });
  const rows = await engine.rows({ sql: `SELECT * FROM read_parquet('${file}')` }, 1_000_000, run);
  await engine.close();
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}
