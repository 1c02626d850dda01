import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { PiiOptions } from './options.js';
import { planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { drawnUnits } from '../../src/dataset/sql/shapes/drawn-units.js';
import { emailAppended, phoneInstead } from '../../src/dataset/sql/shapes/invented-contacts.js';
import { textColumnFor } from '../text-column.js';

/** Ways in which personal data come into a training set. All values are invented, from ranges kept for examples. */
export const mechanisms: readonly Mechanism<PiiOptions>[] = [
  {
    name: 'contact-in-text',
    where: 'train',
    says: 'e-mail addresses are written behind what a text column holds, as people do in free text',
    found: { at: 0.01 },
    inject: (study, run, options) => write('contact-in-text', study, run, options, emailAppended),
  },
  {
    name: 'phone-for-value',
    where: 'train',
    says: 'cells of a text column hold a phone number instead, as after fields of a form were exchanged',
    found: { at: 0.01 },
    inject: (study, run, options) => write('phone-for-value', study, run, options, phoneInstead),
  },
];

async function write(
  name: string,
  study: Study,
  run: Run,
  options: PiiOptions,
  valueOf: (column: Column, draw: string) => string,
): Promise<Injection | Unsupported> {
  const column = textColumnFor(study, options.column);
  if (column === null) return { unsupported: 'there is no text feature to write into' };
  const drawing = drawingFor(run, 'pii', name);
  const uniform = (purpose: string): string => run.engine.dialect.uniform(drawing.random.fork(purpose).path, 'k');
  const value = valueOf(column, uniform('value'));
  const where = `${column.id} IS NOT NULL`;
  const laid = await layOutUnits(drawnUnits(study.whole, { where, draw: uniform('draw'), value }), drawing);
  const plan: Injection['plan'] = (at) =>
    planOf('pii', 'pii.injected', { verb: 'set-cell', column: column.name, list: { ...at, type: 'VARCHAR' } });
  return { ...laid, plan };
}
