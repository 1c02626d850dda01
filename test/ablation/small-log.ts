import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Defect } from '../../src/core/defect.js';
import type { Evidence, Outcome } from '../../src/core/evidence.js';
import { createRandom } from '../../src/core/random.js';
import { defineDefect } from '../../src/core/defect.js';
import { expr, planOf } from '../../src/core/plan.js';

export const smallLogRows = 6000;

/**
 * A log as CSV, `user, strength, noise, shift, click`: 6,000 training rows in which most of the weak non-clicks of the
 * shift "broken" became clicks, and 2,000 test rows without that damage. 900 users in each.
 */
export async function writeSmallLog(folder: string): Promise<{ readonly train: string; readonly test: string }> {
  const train = path.join(folder, 'train.csv');
  const test = path.join(folder, 'test.csv');
  await writeFile(train, csv(0, smallLogRows, true));
  await writeFile(test, csv(smallLogRows, 2000, false));
  return { train, test };
}

function csv(from: number, rows: number, damaged: boolean): string {
  const random = createRandom(11);
  const draw = (name: string, row: number): number => random.fork(name).at(row);
  const lines = ['user,strength,noise,shift,click'];
  for (let row = from; row < from + rows; row++) {
    const strength = Math.round(100 * draw('strength', row));
    const chance = 1 / (1 + Math.exp(-(strength - 75) / 12));
    const broken = draw('shift', row) < 0.4;
    const bot = damaged && broken && strength < 40 && draw('bot', row) < 0.9;
    const click = bot || draw('click', row) < chance ? 1 : 0;
    const user = `u${Math.floor(900 * draw('user', row))}`;
    lines.push(`${user},${strength},${draw('noise', row).toFixed(3)},${broken ? 'broken' : 'fine'},${click}`);
  }
  return `${lines.join('\n')}\n`;
}

const isBroken = expr.cmp('=', expr.col('shift'), expr.text('broken'));

/** A defect with a repair that pays, one that hurts and one that does nothing, and one mechanism. */
export const bots: Defect = defineDefect({
  id: 'bots',
  title: 'Bots',
  unit: 'row',
  needs: ['label'],
  defaults: {},
  measures: {},
  sentences: {},
  detect: () => Promise.resolve(botsFound),
  inject: [
    {
      name: 'anywhere',
      where: 'train',
      says: 'Non-clicks become clicks.',
      found: { at: 0.1 },
      inject: async (study, run) => {
        const units = `units_${run.random.path.replaceAll(/\W/g, '_')}`;
        const draw = run.engine.dialect.uniform(run.random.path, 'k');
        const label = study.roles.label!.column.id;
        const sql = `SELECT k, 0::INTEGER AS copy, ${draw} AS draw FROM ${study.train.name} WHERE ${label} = 0`;
        const { rows } = await run.engine.write({ sql }, { kind: 'table', name: units }, run);
        const to = expr.literal('BIGINT', '1');
        return {
          units,
          eligible: rows,
          plan: (at) => planOf('bots', 'anywhere', { verb: 'set-label', where: { keys: at }, to }),
        };
      },
    },
    {
      name: 'nowhere',
      where: 'train',
      says: '',
      found: { blind: 'x' },
      inject: () => Promise.resolve({ unsupported: 'It cannot.' }),
    },
  ],
  repair: () =>
    Promise.resolve([
      {
        id: 'drop',
        title: 'drop the broken rows',
        plan: planOf('bots', 'drop', { verb: 'drop-row', where: { rule: isBroken } }),
        units: 2400,
      },
      {
        id: 'blind',
        title: 'forget the strength',
        plan: planOf('bots', 'blind', { verb: 'drop-column', column: 'strength' }),
        units: 4800,
      },
      {
        id: 'idle',
        title: 'drop what is not there',
        plan: planOf('bots', 'idle', {
          verb: 'drop-row',
          where: { rule: expr.cmp('=', expr.col('shift'), expr.text('x')) },
        }),
        units: 0,
      },
    ]),
  again: () => [
    { mechanism: 'anywhere', dose: 0.15 },
    { mechanism: 'nowhere', dose: 0.1 },
  ],
  curves: ['anywhere'],
});

/** Found, and nobody can repair it. */
export const hopeless: Defect = defineDefect({
  id: 'hopeless',
  title: 'Hopeless',
  unit: 'dataset',
  needs: [],
  defaults: {},
  measures: {},
  sentences: {},
  detect: () => Promise.resolve(botsFound),
  inject: { unsupported: 'It has no mechanism.' },
  repair: { unsupported: 'Ask those who log.' },
});

const botsFound: Evidence = {
  measurements: [],
  findings: [{ code: 'bots', severity: 'problem', args: {} }],
  flagged: null,
};

export const found: ReadonlyMap<string, Outcome> = new Map(
  ['bots', 'hopeless'].map((id) => [id, { outcome: 'ok', evidence: botsFound }]),
);
