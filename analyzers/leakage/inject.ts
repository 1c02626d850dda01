import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Query } from '../../src/core/engine.js';
import type { Verb } from '../../src/core/plan.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Label, Study } from '../../src/core/study.js';
import type { LeakageOptions } from './options.js';
import { expr, planOf } from '../../src/core/plan.js';
import { columnNamed } from '../../src/core/relation.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { afterEventUnits, negativeUnits, unitRateUnits } from '../../src/dataset/sql/shapes/telling-units.js';
import { typeKind } from '../../src/dataset/sql/type-kinds.js';

/** Ways in which a column comes to know the label, in training rows only: who serves does not know it. */
export const inject: readonly Mechanism<LeakageOptions>[] = [
  {
    name: 'after-event',
    where: 'train',
    says: 'cells of a column are written after the event: above all its numbers for positives, below for negatives',
    found: { at: 0.6 },
    inject: (study, run, options) =>
      damaged('after-event', study, run, options, (column, label, own) =>
        afterEventUnits(study.train, column, label, own.random.path, own.engine.dialect),
      ),
  },
  {
    name: 'null-when-negative',
    where: 'train',
    says: 'cells of a column are not recorded where nothing happened',
    found: { at: 0.02 },
    inject: (study, run, options) =>
      damaged('null-when-negative', study, run, options, (column, label, own) =>
        negativeUnits(study.train, label, column, own.random.path, own.engine.dialect),
      ),
  },
  {
    name: 'own-label-rate',
    where: 'train',
    says: "cells of a column become the rate of the row's user, its own label counted",
    found: { at: 1 },
    inject: (study, run, options) => {
      const { user } = study.roles;
      if (user === null) return Promise.resolve({ unsupported: 'rates of users need the role user' });
      return damaged('own-label-rate', study, run, options, (column, label, own) =>
        unitRateUnits(study.train, column, label, user, own.random.path, own.engine.dialect),
      );
    },
  },
];

async function damaged(
  name: string,
  study: Study,
  run: Run,
  options: LeakageOptions,
  unitsOf: (column: Column, label: Label, own: Run) => Query,
): Promise<Injection | Unsupported> {
  const { label, features } = study.roles;
  if (label === null) return { unsupported: 'there is no label' };
  const floats = features.map((f) => f.column).filter(({ type }) => typeKind(type) === 'float');
  const column = options.column === '' ? floats.at(-1) : columnNamed(study.train, options.column);
  if (column === undefined) return { unsupported: 'there is no feature with decimals to overwrite' };
  const own = drawingFor(run, 'leakage', name);
  const laid = await layOutUnits(unitsOf(column, label, own), own);
  const isNull = name === 'null-when-negative';
  return {
    ...laid,
    plan: (at) => {
      const to = expr.literal(column.type, null);
      const verb: Verb = isNull
        ? { verb: 'set-cell', column: column.name, where: { keys: at }, to }
        : { verb: 'set-cell', column: column.name, list: at };
      return planOf('leakage', 'leakage.injected', verb);
    },
  };
}
