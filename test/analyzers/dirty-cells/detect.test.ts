import type { Engine } from '../../../src/core/engine.js';
import type { Run } from '../../../src/core/run.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mixedUnits } from '../../../analyzers/dirty-cells/detect/units.js';
import { oddShapes } from '../../../analyzers/dirty-cells/detect/shapes.js';
import { typos } from '../../../analyzers/dirty-cells/detect/typos.js';
import { withinEdits } from '../../../analyzers/dirty-cells/detect/edit-distance.js';
import { dirtyCells } from '../../../analyzers/dirty-cells/index.js';
import { createRandom } from '../../../src/core/random.js';
import { createRun } from '../../../src/core/run.js';
import { createDuckDb } from '../../../src/dataset/engines/duckdb/engine.js';
import { smallStudy, texts } from '../small-study.js';

let engine: Engine;
let run: Run;
beforeAll(async () => {
  engine = await createDuckDb({ threads: 2 });
  run = createRun({ engine });
});
afterAll(async () => engine.close());

const column = { id: 'c0', name: 'x', type: 'VARCHAR' };
function levels(counts: Readonly<Record<string, number>>) {
  const list = Object.entries(counts).map(([value, rows]) => ({ value, rows }));
  return { column, levels: list, cells: list.reduce((sum, { rows }) => sum + rows, 0) };
}
function changes(marks: readonly { readonly level: { readonly value: string }; readonly suggestion: string | null }[]) {
  return Object.fromEntries(marks.map((m) => [m.level.value, m.suggestion]));
}

describe('edit distance', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['', 'ab', 2],
    ['abcd', 'acbd', 2],
  ])('of %s and %s is %i', (a, b, distance) => {
    expect(withinEdits(a, b, distance)).toBe(true);
    expect(withinEdits(a, b, distance - 1)).toBe(false);
  });
});

describe('typing errors', () => {
  it('are rare words near a frequent one, with its numbers kept', () => {
    const marks = typos(
      levels({ 'heart attack': 400, pneumonia: 300, '12 patients': 90, 'hexrt attack': 1, '7 patixnts': 1 }),
      5,
    );
    expect(changes(marks)).toEqual({ 'hexrt attack': 'heart attack', '7 patixnts': '7 patients' });
  });

  it('are not looked for among names, short codes and numbers', () => {
    const letters = 'abcdefghijklmnopqrst';
    const names = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [
        letters[i % 20]! + letters[i % 17]! + letters[i % 13]! + letters[i % 19]!,
        1,
      ]),
    );
    expect(typos(levels({ ...names, Chicago: 40, Chico: 1 }), 5)).toEqual([]);
    expect(typos(levels({ al: 500, ak: 1, '1001': 400, '1002': 1 }), 5)).toEqual([]);
  });
});

describe('typing errors among words that are alike by nature', () => {
  // Twelve counties in pairs one or two letters apart, and as many rare ones, of which few are near another.
  const counties = [
    'Marion',
    'Macon',
    'Mason',
    'Madison',
    'Monroe',
    'Morgan',
    'Carroll',
    'Carbon',
    'Greene',
    'Greer',
    'Franklin',
    'Jackson',
  ];
  const frequent = Object.fromEntries(counties.map((name, i) => [name, 400 - i]));
  const rare = ['Malone', 'Yellowstone', 'Accomack', 'Larion', 'Winnebago', 'Chautauqua', 'Bexar', 'Ottertail'];

  it('are not called where rare words are no nearer than frequent ones are to one another', () => {
    const marks = typos(levels({ ...frequent, ...Object.fromEntries(rare.map((name) => [name, 2])) }), 5);
    expect(marks).toEqual([]);
  });

  it('are called where they are nearer', () => {
    const wrong = ['Marionn', 'Franklyn', 'Jacksom', 'Morgam', 'Carrol'];
    const marks = typos(levels({ ...frequent, ...Object.fromEntries(wrong.map((name) => [name, 1])) }), 5);
    expect(Object.keys(changes(marks)).toSorted()).toEqual(wrong.toSorted());
  });
});

describe('units', () => {
  it('are taken off where one unit is spelled in several ways', () => {
    const marks = mixedUnits(
      levels({ '12.0 oz': 50, '12.0 oz.': 40, '16.0 oz': 30, '16.0 oz.': 30, '24 oz': 9, '24.5 oz.': 9 }),
    );
    expect(changes(marks)).toMatchObject({ '12.0 oz': '12', '12.0 oz.': '12', '24.5 oz.': '24.5' });
  });

  it('of another scale get no suggestion, and a unit that goes with its number is right', () => {
    const scale = mixedUnits(levels({ '1 kg': 30, '2 kg': 30, '3 kg': 30, '1000 g': 30, '2000 g': 30, '3 g': 3 }));
    expect(new Set(Object.values(changes(scale)))).toEqual(new Set([null]));
    expect(mixedUnits(levels({ '1 year': 60, '2 years': 40, '3 years': 20, '4 years': 10 }))).toEqual([]);
    expect(mixedUnits(levels({ '12 oz': 60, '16 oz': 40, '24 oz': 20 }))).toEqual([]);
  });
});

describe('shapes', () => {
  it('are odd among codes, not among words', () => {
    const codes = Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`${i}%`, 10]));
    expect(changes(oddShapes(levels({ ...codes, '1xx%': 1 }), 0.01))).toEqual({ '1xx%': null });
    expect(oddShapes(levels({ Bend: 500, Gary: 400, 'Fuquay-Varina': 1 }), 0.01)).toEqual([]);
  });

  it('are not odd where they are many: a title in quotes has no one form', () => {
    const titles = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`"${'ab'.repeat(1 + i)}"`, 1]));
    const others = ['"a, b"', '"a: b"', '"a-b"', '"a!"', '"1 a"', '"a 1"', '"a (b)"', '"a & b"', '"a / b"', '"a? b"'];
    const many = Object.fromEntries(others.map((title) => [title, 1]));
    expect(oddShapes(levels({ ...titles, ...many }), 0.02)).toEqual([]);
    expect(Object.keys(changes(oddShapes(levels({ ...titles, '"a, b"': 1 }), 0.02)))).toEqual(['"a, b"']);
  });
});

describe('dependencies', () => {
  it('flag a cell its group outvotes, fill a null, and leave a recurring minority alone', async () => {
    const cities = ['Bend', 'Gary', 'Portland', 'Denver'];
    const states = ['OR', 'IN', 'OR', 'CO'];
    const city = Array.from({ length: 400 }, (_, i) => cities[i % 4]!);
    const state: (string | null)[] = city.map((_, i) =>
      i % 4 === 2 && i % 8 === 2 && i % 3 === 0 ? 'ME' : states[i % 4]!,
    );
    state[0] = 'CO';
    state[5] = null;
    const study = await smallStudy('places', [texts('city', city), texts('state', state)], {}, run);
    const evidence = await dirtyCells.detect(study, run);
    const sql = `SELECT k, code, column_name, suggestion FROM ${evidence.flagged!.relation} ORDER BY k`;
    expect((await engine.rows({ sql }, 10, run)).map((row) => Object.values(row).map(String))).toEqual([
      ['0', 'dirty-cells.dependency', 'state', 'OR'],
      ['5', 'dirty-cells.dependency', 'state', 'IN'],
    ]);
    if (typeof dirtyCells.repair !== 'function') throw new Error('no repair');
    expect((await dirtyCells.repair(study, evidence, run)).map(({ id, units }) => [id, units])).toEqual([
      ['follow-dependencies', 2],
    ]);
  });

  it('are none where groups are what they are: schools of two kinds of pupils, people who change', async () => {
    const random = createRandom(3).fork('schools');
    const school = Array.from({ length: 4_000 }, (_, i) => `school ${i % 80}`);
    // In most schools one pupil in a hundred is of the other kind, in some up to 3 in 10.
    const kind = school.map((_, i) => (random.at(i) < [0.01, 0.02, 0.06, 0.3][(i % 80) % 4]! ? 'b' : 'a'));
    const varied = kind.map((one, i) => ((i % 80) % 3 === 0 ? (one === 'a' ? 'b' : 'a') : one));
    const schools = await smallStudy('schools', [texts('school', school), texts('kind', varied)], {}, run);
    expect((await dirtyCells.detect(schools, run)).findings).toEqual([]);
    // Seven years of 600 people; one in six changes jobs once, in any year.
    const person = Array.from({ length: 4_200 }, (_, i) => `person ${Math.floor(i / 7)}`);
    const job = person.map((_, i) => {
      const own = Math.floor(i / 7);
      const change = own % 6 === 0 ? 1 + Math.floor(6 * random.at(10_000 + own)) : 7;
      return (own % 2 === 0) === i % 7 < change ? 'blue' : 'white';
    });
    const panel = await smallStudy('panel', [texts('person', person), texts('job', job)], {}, run);
    expect((await dirtyCells.detect(panel, run)).findings).toEqual([]);
  });

  it('are still found among a thousand groups in which errors fall evenly', async () => {
    const random = createRandom(4).fork('shops');
    const shop = Array.from({ length: 6_000 }, (_, i) => `shop ${i % 1_000}`);
    const town = shop.map((_, i) => `town ${(i % 1_000) % 40}${random.at(i) < 0.02 ? ` ${i % 7}` : ''}`);
    const study = await smallStudy('shops', [texts('shop', shop), texts('town', town)], {}, run);
    const { flagged } = await dirtyCells.detect(study, run);
    const wrong = town.filter((name) => name.split(' ').length > 2).length;
    expect(flagged!.rows).toBeGreaterThan(0.9 * wrong);
    expect(flagged!.rows).toBeLessThanOrEqual(wrong);
  });
});
