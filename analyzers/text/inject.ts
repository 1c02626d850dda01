import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Column } from '../../src/core/relation.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { TextOptions } from './options.js';
import { planOf } from '../../src/core/plan.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { drawnUnits } from '../../src/dataset/sql/shapes/drawn-units.js';
import { misread } from '../../src/dataset/sql/shapes/misread-text.js';
import { textColumnFor } from '../text-column.js';

/** Ways in which texts are lost: on their way through a wrong encoding, or by a source that sends nothing. */
export const mechanisms: readonly Mechanism<TextOptions>[] = [
  {
    name: 'mojibake',
    where: 'both',
    says: 'texts, with an accented letter behind them, are written as UTF-8 and read as Latin-1',
    found: { at: 0.01 },
    inject: (study, run, options) => write('mojibake', study, run, options, misread),
  },
  {
    name: 'blanked',
    where: 'both',
    says: 'texts become a single blank, as from a form that was sent empty',
    found: { at: 0.01 },
    inject: (study, run, options) => write('blanked', study, run, options, () => "' '"),
  },
];

async function write(
  name: string,
  study: Study,
  run: Run,
  options: TextOptions,
  valueOf: (column: Column) => string,
): Promise<Injection | Unsupported> {
  const column = textColumnFor(study, options.column);
  if (column === null) return { unsupported: 'there is no text feature to damage' };
  const drawing = drawingFor(run, 'text', name);
  const where = `${column.id} IS NOT NULL AND trim(${column.id}) <> ''`;
  const draw = run.engine.dialect.uniform(drawing.random.path, 'k');
  const laid = await layOutUnits(drawnUnits(study.whole, { where, draw, value: valueOf(column) }), drawing);
  const plan: Injection['plan'] = (at) =>
    planOf('text', 'text.injected', { verb: 'set-cell', column: column.name, list: { ...at, type: 'VARCHAR' } });
  return { ...laid, plan };
}
