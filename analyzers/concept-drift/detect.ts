import type { Evidence, Finding } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { Gain } from './detect/gain.js';
import type { Periods } from './detect/periods.js';
import type { Turned } from './detect/turned.js';
import type { ConceptDriftOptions } from './options.js';
import { labelTotals } from '../../src/dataset/sql/shapes/given-labels.js';
import { momentText } from '../../src/derived/time-width.js';
import { sampledUnits } from '../../src/derived/sampled-units.js';
import { buildFrame } from '../../src/models/frame/build.js';
import { asIs } from '../../src/models/frame/overlay.js';
import { createTrainer } from '../../src/models/pool/trainer.js';
import { rootRandom } from '../../src/models/root-random.js';
import { round12 } from '../../src/stats/round12.js';
import { gainOfLate } from './detect/gain.js';
import { periodsOf } from './detect/periods.js';
import { turnedColumns } from './detect/turned.js';

/** Fewer rows, or positives and negatives, in either period give no model to compare. */
const leastRows = 1000;
const leastOfClass = 100;
const limit = 1.96;

/** Asks whether late rows teach a model something about late rows that as many early rows do not; of very many rows, on a sample of whole users. */
export async function detect(whole: Study, run: Run, options: ConceptDriftOptions): Promise<Evidence> {
  const label = whole.roles.label!;
  const study = await sampledUnits(whole, options.rows, run);
  const [totals] = await run.engine.rows(labelTotals(study.train, label, run.engine.dialect), 1, run);
  const [rows, positives] = [Number(totals?.['n'] ?? 0), Number(totals?.['y'] ?? 0)];
  if (rows < leastRows || Math.min(positives, rows - positives) < leastOfClass) return tooFew;
  const frame = await buildFrame(study, run);
  const base = asIs(frame);
  const periods = periodsOf(frame, base, options.lateShare);
  if (periods === null) return tooFew;
  const trainer = await createTrainer(frame, run);
  try {
    const gain = await gainOfLate(trainer, base, periods, options, run);
    if (gain === null) return tooFew;
    const moved = gain.gain > options.gain && gain.gain > options.z * gain.se;
    const turned = moved ? turnedColumns(frame, base, periods, rootRandom(run).fork('concept-drift/columns')) : [];
    return evidenceOf(gain, periods, turned, moved);
  } finally {
    await trainer.close();
  }
}

const tooFew: Evidence = {
  measurements: [],
  findings: [{ code: 'concept-drift.cannot-tell', severity: 'note', args: {} }],
  flagged: null,
};

function evidenceOf({ gain, se }: Gain, periods: Periods, turned: readonly Turned[], moved: boolean): Evidence {
  const limits = { low: round12(gain - limit * se), high: round12(gain + limit * se) };
  const args = {
    gain: round12(gain),
    ...limits,
    from: momentText(periods.from),
    seconds: periods.from,
    early: periods.early.length,
    columns: turned.map((t) => t.column),
    before: turned.map((t) => round12(t.before)),
    after: turned.map((t) => round12(t.after)),
  };
  const finding: Finding = moved
    ? { code: 'concept-drift.moved', severity: 'problem', args }
    : { code: 'concept-drift.steady', severity: 'note', args };
  return {
    measurements: [
      { name: 'concept-drift.gain', value: round12(gain), unit: 'auc', ...limits },
      { name: 'concept-drift.z', value: round12(se > 0 ? gain / se : 0), unit: 'z' },
    ],
    findings: [finding],
    flagged: null,
  };
}
