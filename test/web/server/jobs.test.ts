import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job, JobRequest } from '../../../web/contract/jobs.js';
import type { StoredComparison } from '../../../web/contract/comparisons.js';
import { openSession, type Session } from './session.js';

let session: Session;

/** Clicks that depend on a price; `price` turns it to another unit, which is what changed between two logs. */
function log(rows: number, price: (n: number) => number): string {
  const lines = ['clicked,user_id,price,hour'];
  for (let i = 0; i < rows; i++) {
    const cents = (i * 7919) % 1000;
    const clicked = (i * 31) % 1000 < cents ? 1 : 0;
    lines.push(`${clicked},u${(i * 17) % 397},${price(cents)},${i % 24}`);
  }
  return `${lines.join('\n')}\n`;
}

beforeAll(async () => {
  session = await openSession();
  const data = path.join(session.root, 'data');
  await writeFile(
    path.join(data, 'before.csv'),
    log(4000, (cents) => cents),
  );
  await writeFile(
    path.join(data, 'after.csv'),
    log(4000, (cents) => cents / 100),
  );
});

afterAll(() => session.close());

async function ended(request: JobRequest): Promise<Job> {
  const response = await session.post('/api/jobs', request);
  expect(response.status).toBe(200);
  const { id } = (await response.json()) as Job;
  const now = async (): Promise<Job> => (await (await session.get(`/api/jobs/${id}`)).json()) as Job;
  await expect.poll(async () => (await now()).state, { timeout: 110_000, interval: 300 }).not.toBe('running');
  return now();
}

const asked = { dataset: 'data/after.csv', roles: {}, budget: 3, seed: 1 };

describe('a run that is planned first', () => {
  it('trains nothing for the plan, and then follows it', async () => {
    const planned = await ended({ ...asked, depth: 'plan' });
    expect(planned).toMatchObject({ state: 'done', run: null, compared: null, problem: null });
    expect(planned.plan!.lines.map(({ name }) => name)).toEqual(expect.arrayContaining(['Budget', 'Rows', 'Proof']));
    expect(planned.plan!.seconds).toBeGreaterThan(0);
    expect(await (await session.get('/api/runs')).json()).toEqual({ runs: [] });

    const ran = await ended({ ...asked, depth: 'run', plan: planned.id });
    expect(ran.state).toBe('done');
    const folder = path.join(session.root, '.assay');
    const plan: unknown = JSON.parse(await readFile(path.join(folder, 'plans', `${planned.id}.json`), 'utf8'));
    const record = JSON.parse(await readFile(path.join(folder, 'runs', ran.run!, 'run.json'), 'utf8')) as object;
    expect(record).toMatchObject({ plan });
    // Any row can be looked at, flagged or not; one that the data does not have is left out.
    const lines = log(4000, (cents) => cents / 100).split('\n');
    const [columns, last, second] = [lines[0]!, lines[4000]!, lines[2]!].map((line) => line.split(','));
    const answer = await session.get(`/api/runs/${ran.run!}/rows?keys=3999,1,4000`);
    expect(await answer.json()).toMatchObject({
      state: 'as-run',
      columns,
      rows: [
        { rowKey: '3999', cells: last },
        { rowKey: '1', cells: second },
      ],
    });
    const other = { ...asked, dataset: 'data/before.csv', depth: 'run' as const, plan: planned.id };
    expect((await session.post('/api/jobs', other)).status).toBe(400);
    expect((await session.post('/api/jobs', { ...asked, depth: 'run', plan: ran.id })).status).toBe(400);
    expect((await session.post('/api/jobs', { ...asked, depth: 'run', plan: 'no-such-job' })).status).toBe(404);
  });
});

describe('two data sets', () => {
  it('are compared by a job, whose document and drawing can be read', async () => {
    const job = await ended({ ...asked, before: 'data/before.csv' });
    expect(job).toMatchObject({ state: 'done', run: null, plan: null, problem: null });
    const answer = await session.get(`/api/comparisons/${job.id}`);
    const { found, chart } = (await answer.json()) as StoredComparison;
    expect(found.verdict.sentence).toBe(job.compared);
    expect([found.a.name, found.b.name]).toEqual(['before.csv', 'after.csv']);
    // The unit of the price changed and nothing else did.
    expect(found.causes.map((cause) => cause.column)).toContain('price');
    expect(chart!.body).toContain('var(--');
  });

  it('of which one lies outside, or that were not compared, are not found', async () => {
    for (const before of ['../secret.csv', 'data/../../secret.csv', 'data/nothing.csv'])
      expect((await session.post('/api/jobs', { ...asked, before })).status).toBe(404);
    expect((await session.get('/api/comparisons/no-such-job')).status).toBe(404);
    expect((await session.get('/api/comparisons/..%2fjobs')).status).toBe(404);
    expect((await session.post('/api/jobs', { ...asked, before: 'data/before.csv', depth: 'run' })).status).toBe(400);
  });
});
