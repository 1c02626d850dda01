import type { Engine, PutColumn } from '../../../src/core/engine.js';
import type { Run } from '../../../src/core/run.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bots } from '../../../analyzers/bots/index.js';
import { createRandom } from '../../../src/core/random.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { hours, integers, smallStudy } from '../small-study.js';

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

const [rows, people] = [12_000, 300];
const random = createRandom(9).fork('bots');
const [who, when, click, liking] = ['who', 'when', 'click', 'liking'].map((name) => random.fork(name));

/** 300 people whose own rates lie between 1% and 5%, and rows of the first users of `machine` given to a machine. */
function log(machine: (row: number) => { user: number; hour?: number; rate?: number } | null): readonly PutColumn[] {
  const all = Array.from({ length: rows }, (_, i) => {
    const person = Math.floor(people * who!.at(i));
    const made = machine(i);
    const rate = made?.rate ?? 0.01 + 0.04 * liking!.at(person);
    return { user: made?.user ?? person, hour: made?.hour ?? 300 * when!.at(i), y: Number(click!.at(i) < rate) };
  });
  return [
    hours(
      'time',
      all.map((row) => row.hour),
    ),
    integers(
      'y',
      all.map((row) => row.y),
    ),
    integers(
      'user',
      all.map((row) => row.user),
    ),
  ];
}

async function called(name: string, columns: readonly PutColumn[]): Promise<readonly (readonly [string, unknown])[]> {
  const study = await smallStudy(name, columns, { label: 'y', time: 'time', user: 'user' }, run);
  return (await bots.detect(study, run)).findings.map(({ code, args }) => [code, args['names']]);
}

describe('bots', () => {
  it('calls nobody among people of different tastes', async () => {
    expect(
      await called(
        'people',
        log(() => null),
      ),
    ).toEqual([]);
  });

  it('calls users who click on three in ten of all they see', async () => {
    const planted = log((i) => (i < 400 ? { user: 1000 + (i % 4), rate: 0.3 } : null));
    // The fourth of them happens to click on a fifth: four times the rate of all, within what chance allows.
    expect(await called('clickers', planted)).toEqual([['bots.eager', ['1000', '1002', '1001']]]);
  });

  it('calls a user who comes every two minutes, at the rate of people', async () => {
    const planted = log((i) => (i < 60 ? { user: 1000, hour: 50 + i / 30 } : null));
    expect(await called('metronome', planted)).toEqual([['bots.fixed-intervals', ['1000']]]);
  });

  it('names every row of a called user and no other', async () => {
    const columns = log((i) => (i < 60 ? { user: 1000, hour: 50 + i / 30 } : null));
    const study = await smallStudy('rows', columns, { label: 'y', time: 'time', user: 'user' }, run);
    const { flagged } = await bots.detect(study, run);
    const keys = await engine.rows({ sql: `SELECT k FROM ${flagged!.relation} ORDER BY k` }, rows, run);
    expect(keys.map((row) => Number(row['k']))).toEqual(Array.from({ length: 60 }, (_, i) => i));
  });
});
