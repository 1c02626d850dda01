import type { Injection, Mechanism, Unsupported } from '../../src/core/defect.js';
import type { Query } from '../../src/core/engine.js';
import type { ListRef, Plan } from '../../src/core/plan.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { LabelNoiseOptions } from './options.js';
import { planOf } from '../../src/core/plan.js';
import { outOfFold } from '../../src/derived/out-of-fold.js';
import { drawingFor, layOutUnits } from '../../src/dataset/lay-out-units.js';
import { drawnUnits } from '../../src/dataset/sql/shapes/drawn-units.js';
import { labelTotals } from '../../src/dataset/sql/shapes/given-labels.js';
import { boundaryUnits, labelDraw } from '../../src/dataset/sql/shapes/label-draws.js';
import { damagedSlices } from './inject-slice.js';

const evenly =
  'Flips spread evenly over rows look exactly like rows that are hard to predict: rows are ranked, none is called wrong';

/** Ways in which labels go wrong. Only training labels are damaged: which evaluation labels count never changes. */
export const mechanisms: readonly Mechanism<LabelNoiseOptions>[] = [
  {
    name: 'uniform',
    where: 'train',
    says: 'labels of rows drawn evenly are flipped, in both directions',
    found: { blind: evenly },
    inject: (study, run) => injectDrawn('uniform', null, study, run),
  },
  {
    name: 'lost-positives',
    where: 'train',
    says: 'positives drawn evenly become negatives',
    found: { blind: `${evenly}; of rare positives even the ranking is lost` },
    inject: (study, run) => injectDrawn('lost-positives', 1, study, run),
  },
  {
    name: 'false-positives',
    where: 'train',
    says: 'negatives drawn evenly become positives',
    found: { blind: evenly },
    inject: (study, run) => injectDrawn('false-positives', 0, study, run),
  },
  {
    name: 'near-boundary',
    where: 'train',
    says: 'labels are flipped where a model is least sure',
    found: { blind: 'These are the very rows whose labels no model can doubt' },
    inject: injectBoundary,
  },
  {
    name: 'slice',
    where: 'train',
    says: 'negatives of one value of a column become positives during a stretch of time',
    found: { at: 0.5 },
    inject: injectSlice,
  },
];

async function injectDrawn(name: string, given: 0 | 1 | null, study: Study, run: Run): Promise<Injection> {
  const drawing = drawingFor(run, 'label-noise', name);
  const draw = labelDraw(study.roles.label!, given, [], drawing.random.path, run.engine.dialect);
  return unitsOf(name, drawnUnits(study.train, draw), drawing);
}

async function injectBoundary(study: Study, run: Run): Promise<Injection | Unsupported> {
  const label = study.roles.label!;
  const { dialect } = run.engine;
  const [totals] = await run.engine.rows(labelTotals(study.train, label, dialect), 1, run);
  const base = Number(totals?.['y']) / Number(totals?.['n']);
  if (!(base > 0 && base < 1)) return { unsupported: 'There is no boundary: the training rows hold one class only.' };
  const { table } = await outOfFold(study, run, { folds: 'user' });
  const drawing = drawingFor(run, 'label-noise', 'near-boundary');
  return unitsOf(
    'near-boundary',
    boundaryUnits(study.train, label, table, base, drawing.random.path, dialect),
    drawing,
  );
}

async function injectSlice(study: Study, run: Run, options: LabelNoiseOptions): Promise<Injection | Unsupported> {
  const slices = await damagedSlices(study, run, options);
  if ('unsupported' in slices) return slices;
  const drawing = drawingFor(run, 'label-noise', 'slice');
  const draw = labelDraw(study.roles.label!, 0, slices, drawing.random.path, run.engine.dialect);
  return unitsOf('slice', drawnUnits(study.train, draw), drawing);
}

/** Every unit brings the label it is flipped to. */
async function unitsOf(name: string, query: Query, run: Run): Promise<Injection> {
  const plan = (list: ListRef): Plan => planOf('label-noise', name, { verb: 'set-label', list });
  return { ...(await layOutUnits(query, run)), plan };
}
