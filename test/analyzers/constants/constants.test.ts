import type { PutColumn, Engine } from '../../../src/core/engine.js';
import type { Finding } from '../../../src/core/evidence.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { constants } from '../../../analyzers/constants/index.js';
import { createRandom } from '../../../src/core/random.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { integers, numbers, smallStudy, texts } from '../small-study.js';

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

const rows = 5_000;
const draws = createRandom(3);
const each = <T>(make: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => make(row));
const city = each((row) => Math.floor(7 * draws.fork('city').at(row)));
const price = each((row) => 100 * draws.fork('price').at(row));

async function studyOf(name: string, columns: readonly PutColumn[]): Promise<Study> {
  return smallStudy(name, [...columns, integers('click', city)], { exclude: ['click'] }, run);
}

async function found(name: string, ...columns: readonly PutColumn[]): Promise<readonly Finding[]> {
  return (await constants.detect(await studyOf(name, columns), run)).findings;
}

const cityName = (value: number): string | null => (value === 3 ? null : `city ${value}`);
const rare = (name: string): PutColumn =>
  texts(
    name,
    each((row) => (row % 300 === 1 ? 'y' : 'x')),
  );
const empty = (name: string): PutColumn =>
  texts(
    name,
    each(() => null),
  );
const honest = [integers('city', city), numbers('price', price)] as const;

describe('idle columns', () => {
  it('are none among columns that differ, also where all values are distinct', async () => {
    expect(
      await found(
        'plain',
        ...honest,
        numbers(
          'other',
          each((row) => draws.fork('other').at(row)),
        ),
      ),
    ).toEqual([]);
  });

  it('are constant where every row holds the value, not where some are null', async () => {
    const flag = integers(
      'flag',
      each(() => 1),
    );
    const holed = numbers(
      'holed',
      each((row) => (row % 3 === 0 ? null : 1)),
    );
    expect(await found('one', ...honest, flag, holed)).toEqual([
      { code: 'constants.constant', severity: 'suspect', args: { column: 'flag' } },
    ]);
  });

  it('are nearly constant from 999 in 1000 rows on', async () => {
    const four = texts(
      'four',
      each((row) => (row % 1_250 === 7 ? 'y' : 'x')),
    );
    const six = texts(
      'six',
      each((row) => (row % 834 === 7 ? 'y' : 'x')),
    );
    expect(await found('near', ...honest, four, six)).toEqual([
      { code: 'constants.near-constant', severity: 'note', args: { columns: ['four'], others: 4 } },
    ]);
  });

  it('repeat an earlier one cell by cell, also in another type; one cell apart they do not', async () => {
    const same = texts('same', city.map(String));
    const apart = numbers(
      'apart',
      price.map((value, row) => (row === 4_321 ? value + 1 : value)),
    );
    const twin = numbers('twin', price);
    expect(await found('same', ...honest, same, apart, twin)).toEqual([
      { code: 'constants.repeated', severity: 'suspect', args: { column: 'same', other: 'city' } },
      { code: 'constants.repeated', severity: 'suspect', args: { column: 'twin', other: 'price' } },
      { code: 'constants.correlated', severity: 'note', args: { column: 'apart', other: 'price', r: 1 } },
    ]);
  });

  it('name the values of an earlier one otherwise, nulls included; a broken mapping does not', async () => {
    const names = texts('name', city.map(cityName));
    const broken = texts(
      'broken',
      city.map((value, row) => (row === 99 ? 'elsewhere' : `c${value}`)),
    );
    expect(await found('renamed', ...honest, names, broken)).toEqual([
      { code: 'constants.renamed', severity: 'note', args: { column: 'name', other: 'city', values: 7 } },
    ]);
  });

  it('are correlated where one is the other in another unit, not where noise comes in', async () => {
    const cents = numbers(
      'cents',
      price.map((value) => -100 * value + 5),
    );
    const noisy = numbers(
      'noisy',
      price.map((value, row) => value + 8 * draws.fork('noise').at(row)),
    );
    expect(await found('units', ...honest, cents, noisy)).toEqual([
      { code: 'constants.correlated', severity: 'note', args: { column: 'cents', other: 'price', r: -1 } },
    ]);
  });

  it('are not called on rare values that agree by chance, nor among columns without values', async () => {
    expect(await found('rare', ...honest, rare('a'), rare('b'), empty('c'), empty('d'))).toEqual([]);
  });

  it('are dropped together by the one repair', async () => {
    const study = await studyOf('drop', [
      ...honest,
      integers(
        'flag',
        each(() => 1),
      ),
      numbers('twin', price),
    ]);
    const evidence = await constants.detect(study, run);
    expect(evidence.score).toBe(0.5);
    if (typeof constants.repair !== 'function') throw new Error('no repair');
    const [repair, ...more] = await constants.repair(study, evidence, run);
    expect(more).toEqual([]);
    expect(repair!.plan.steps.map((step) => ('column' in step ? [step.verb, step.column] : []))).toEqual([
      ['drop-column', 'flag'],
      ['drop-column', 'twin'],
    ]);
  });
});
