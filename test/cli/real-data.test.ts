import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report, ReportDefect } from '../../reports/model.js';
import { argText } from '../../src/core/arg-text.js';
import { createDuckDb } from '../../src/dataset/engines/duckdb/engine.js';
import { everything } from '../../src/dataset/sql/shapes/everything.js';
import { assay, fixture, inFolder } from './assay.js';

const telco = fixture('real/telco-churn.csv.gz');
const randomMen = fixture('real/open-bandit-random-men.csv.gz');
const btsMen = fixture('real/open-bandit-bts-men.csv.gz');
const banditRoles = ['--label', 'click', '--time', 'timestamp', '--item', 'item_id', '--position', 'position'];

function defect(report: Report, id: string): ReportDefect {
  return report.defects.find((d) => d.id === id)!;
}

async function reportOf(folder: string, args: readonly string[]): Promise<Report> {
  const ended = await assay(folder, [...args, '--format', 'json', '--quiet']);
  expect(ended.err).toBe('');
  expect(ended.code).toBe(0);
  return JSON.parse(ended.out) as Report;
}

describe('audit of real data with known truth', () => {
  it('telco-churn: names the 11 blank TotalCharges as the rows with tenure 0, and the 22 repeats', () =>
    inFolder(async (folder) => {
      const report = await reportOf(folder, ['audit', telco]);
      const structural = defect(report, 'missing').findings.find((f) => f.code === 'missing.structural');
      expect(structural?.args).toMatchObject({
        column: 'TotalCharges',
        cells: 11,
        rule: [{ column: 'tenure', value: '0' }],
      });
      expect(defect(report, 'duplicates').rows?.flagged).toBe(22);
    }));

  it('bank: pdays -1 is missing, the same rows as poutcome unknown', () =>
    inFolder(async (folder) => {
      const report = await reportOf(folder, ['audit', fixture('real/bank-sample.csv.gz'), '--skip', 'label-noise']);
      const pdays = defect(report, 'missing').findings.find((f) => f.args['column'] === 'pdays');
      expect(pdays?.args).toMatchObject({ value: '-1', cells: 3705 });
    }));

  it('open-bandit: random against bts flags exactly what the policy controls', () =>
    inFolder(async (folder) => {
      const report = await reportOf(folder, [
        'audit',
        randomMen,
        '--reference',
        btsMen,
        ...banditRoles,
        '--skip',
        'label-noise',
      ]);
      const flagged = defect(report, 'drift')
        .findings.filter((f) => f.severity !== 'note')
        .map((f) => argText(f.args['column']));
      expect(flagged.toSorted()).toEqual(['item_id', 'propensity_score']);
    }));
});

describe('run on real data says what can and cannot be resolved, with the bound', () => {
  it('telco-churn ends 0 with a bound, an empty recipe and no cleaned file, or with a proof', () =>
    inFolder(async (folder) => {
      const report = await reportOf(folder, ['run', telco, '--budget', '10s']);
      expect(report.verdict.resolution?.positives).toBeGreaterThan(100);
      expect(report.verdict.sentence).toMatch(/could not be seen|gains/);
      const [run] = await readdir(path.join(folder, '.assay', 'runs'));
      const files = await readdir(path.join(folder, '.assay', 'runs', run!));
      expect(files).toEqual(
        expect.arrayContaining(['findings.parquet', 'recipe.yaml', 'report.html', 'report.json', 'run.json']),
      );
      expect(files.includes('cleaned')).toBe(report.cleaning?.proof?.holds === true);
    }));

  it('open-bandit, with 46 clicks, ends 0 and says that nothing can be measured', () =>
    inFolder(async (folder) => {
      const report = await reportOf(folder, ['run', randomMen, ...banditRoles, '--budget', '10s']);
      expect(report.verdict.code).toBe('nothing-resolved');
      expect(report.effects).toEqual([]);
      expect(report.verdict.sentence).toMatch(/positives/);
    }));

  it('ablate trains and measures without a chain', () =>
    inFolder(async (folder) => {
      const report = await reportOf(folder, ['ablate', telco, '--only', 'duplicates', '--budget', '5s']);
      expect(report.cleaning).toBeUndefined();
      expect(report.effects.length + report.unmeasured.length).toBeGreaterThan(0);
    }));
});

describe('what is written is whole, true and repeatable', () => {
  it('the same plan and seed give equal bytes for 1 and 2 threads', () =>
    inFolder(async (folder) => {
      const planned = await assay(folder, ['run', telco, '--budget', '8s', '--plan', '--quiet']);
      await writeFile(path.join(folder, 'plan.json'), planned.out);
      const run = async (threads: string): Promise<Buffer> => {
        const out = `t${threads}`;
        const ended = await assay(folder, [
          'run',
          telco,
          '--plan',
          'plan.json',
          '--threads',
          threads,
          '--out',
          out,
          '--quiet',
        ]);
        expect(ended).toMatchObject({ code: 0, err: '' });
        const [id] = await readdir(path.join(folder, out, 'runs'));
        return readFile(path.join(folder, out, 'runs', id!, 'report.json'));
      };
      const one = await run('1');
      expect((await run('2')).equals(one)).toBe(true);
      expect(one.length).toBeGreaterThan(1000);
    }));

  it('every flagged row is in findings.parquet, and every number of the terminal in the report', () =>
    inFolder(async (folder) => {
      const text = await assay(folder, ['audit', telco, '--skip', 'label-noise', '--quiet', '--out', 'a']);
      const report = await reportOf(folder, ['audit', telco, '--skip', 'label-noise', '--out', 'b']);
      expect(text.code).toBe(0);
      expect(strangers(text.out.replace(/^Report .*$|^Rows .*$|^assay \S+/gm, ''), report)).toEqual([]);
      const [id] = await readdir(path.join(folder, 'b', 'runs'));
      expect(await countFindings(path.join(folder, 'b', 'runs', id!, 'findings.parquet'))).toBe(
        report.defects.reduce((sum, d) => sum + (d.rows?.flagged ?? 0), 0),
      );
    }));

  it('every number that a whole run prints is in the report', () =>
    inFolder(async (folder) => {
      const ended = await assay(folder, ['run', telco, '--budget', '5s', '--quiet']);
      expect(ended).toMatchObject({ code: 0, err: '' });
      const runs = path.join(folder, '.assay', 'runs');
      const [id] = await readdir(runs);
      const report = JSON.parse(await readFile(path.join(runs, id!, 'report.json'), 'utf8')) as Report;
      const text = ended.out.replace(/^Report .*$|^Rows .*$|^assay \S+/gm, '');
      expect(text).toMatch(/\d/);
      expect(strangers(text, report)).toEqual([]);
      await checkGains(report, path.join(runs, id!, 'trials.parquet'));
    }));

  it('Ctrl-C ends with 130 and leaves no run behind', () =>
    inFolder(async (folder) => {
      const ended = await assay(folder, ['run', telco, '--budget', '60s'], { interruptAfter: /audit/ });
      expect(ended.code).toBe(130);
      expect(ended.out).toBe('');
      expect(await readdir(path.join(folder, '.assay', 'runs'))).toEqual([]);
    }));
});

/** Every gain in AUC is the mean over its pairs of the arm less the arm as is, as the file of trials has them. */
async function checkGains(report: Report, file: string): Promise<void> {
  const rows = await rowsOf(file);
  const values = (arm: string): ReadonlyMap<unknown, number> => {
    const own = rows.filter((r) => r['arm'] === arm && r['on_rows'] === 'evaluation' && r['metric'] === 'auc');
    return new Map(own.map((r) => [r['seed'], Number(r['value'])]));
  };
  const base = values('as is');
  const gains = report.effects.filter((e) => e.kind === 'gain' && e.metric === 'auc');
  expect(gains.length).toBeGreaterThan(0);
  for (const { defect: id, arm, effect, seeds } of gains) {
    const differences = [...values(`${id}/${arm}`)].map(([seed, value]) => value - base.get(seed)!);
    expect(differences).toHaveLength(seeds);
    expect(differences.reduce((sum, d) => sum + d, 0) / seeds).toBeCloseTo(effect, 10);
  }
}

async function countFindings(file: string): Promise<number> {
  return (await rowsOf(file)).length;
}

async function rowsOf(file: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const engine = await createDuckDb();
  try {
    const call = { id: 'test', signal: new AbortController().signal };
    return await engine.rows(everything(`read_parquet('${file}')`), 1_000_000, call);
  } finally {
    await engine.close();
  }
}

/** Numbers of a text that no number of the report rounds to and no string of it holds. */
function strangers(text: string, report: Report): readonly string[] {
  const { numbers, strings } = leaves(report);
  const spoken = new Set(strings.flatMap((s) => s.match(/\d+/g) ?? []));
  const tokens = text.match(/\.?\d[\d,]*(?:\.\d+)?%?/g) ?? [];
  return tokens.filter((token) => {
    const scale = token.endsWith('%') ? 100 : 1;
    const plain = token.replaceAll(',', '').replace('%', '');
    const digits = plain.split('.')[1]?.length ?? 0;
    const wanted = Number(plain);
    if (token === '95%' || spoken.has(plain)) return false;
    return !numbers.some((n) => Math.abs(Math.abs(n) * scale - wanted) <= 0.51 * 10 ** -digits);
  });
}

function leaves(value: unknown): { numbers: number[]; strings: string[] } {
  if (typeof value === 'number') return { numbers: [value], strings: [] };
  if (typeof value === 'string') return { numbers: [], strings: [value] };
  const parts = Object.values(value ?? {}).map(leaves);
  const counts = Array.isArray(value) ? [value.length] : [];
  return { numbers: [...counts, ...parts.flatMap((p) => p.numbers)], strings: parts.flatMap((p) => p.strings) };
}
