import type { Column } from '../../../src/core/relation.js';
import type { Random } from '../../../src/core/random.js';
import type { Run } from '../../../src/core/run.js';
import type { Study } from '../../../src/core/study.js';
import type { Overlay } from '../../../src/models/frame/frame.js';
import type { Trainer } from '../../../src/models/trainer.js';
import type { CountedMark } from './counted-mark.js';
import type { Together } from './together.js';
import { foldPredictions } from '../../../src/derived/fold-predictions.js';
import { teachingFolds } from '../../../src/derived/folds.js';
import { smoothParameters } from '../../../src/derived/smooth-parameters.js';
import { mostShown } from '../../../src/derived/telling-columns.js';
import { buildFeatureFrame } from '../../../src/models/frame/build.js';
import { missingBin } from '../../../src/models/frame/frame.js';
import { asIs } from '../../../src/models/frame/overlay.js';
import { createTrainer } from '../../../src/models/pool/trainer.js';
import { aucInfluence } from '../../../src/stats/auc.js';
import { clusterVariance, renumberUnits, sumByUnit } from '../../../src/stats/cluster.js';
import { benjaminiHochberg } from '../../../src/stats/correction.js';
import { tCdf, tQuantile } from '../../../src/stats/distributions.js';
import { drawnOrder } from '../../../src/stats/drawn-order.js';
import { sampledStudy } from './sampled-study.js';

/** How well a model tells the null rows of some columns, null in the same rows, from the others by all other columns. */
export interface Missingness {
  readonly columns: readonly Column[];
  /** Out of fold, with its 95% interval by users or rows. */
  readonly auc: number;
  readonly low: number;
  readonly high: number;
  /** The same with the nulls dealt to other rows by chance; asked only where the AUC is significant. */
  readonly shuffled: number | null;
  /** Whether the nulls are not spread by chance alone. */
  readonly depends: boolean;
}

/** Shares of nulls between which a model is asked. */
const shares = { least: 0.01, most: 0.99 };
/** Rows of either kind a model needs, and those it is shown: an AUC does not depend on the share of either. */
const leastOfKind = 50;
const mostOfKind = 10_000;
/** Columns asked about, those that have most rows of the rarer kind first. */
const mostColumns = 20;
/** Cells shown to the models of all columns: in a wide table fewer columns are asked about. */
const mostCells = 40_000_000;
/** False discovery rate over columns; and what an AUC must be to matter, and be more than with the nulls shuffled. */
const rate = 0.01;
const worth = 0.55;
const more = 0.05;

interface Asked {
  readonly columns: readonly Column[];
  readonly overlay: Overlay;
  readonly random: Random;
}

interface Answer extends Omit<Missingness, 'shuffled' | 'depends'> {
  readonly p: number;
}

/** What models were asked, and how many groups of columns none was asked about because of the caps. */
export interface Asking {
  readonly predicted: readonly Missingness[];
  readonly notAsked: number;
}

/**
 * Asks of each column with unexplained nulls whether the other columns predict them: five folds of whole users or of
 * equal rows, boosted trees trained on four and asked about the fifth. Corrected over the columns.
 */
export async function missingness(
  study: Study,
  marks: readonly CountedMark[],
  together: readonly Together[],
  run: Run,
): Promise<Asking> {
  const all = groupsOf(study, marks, together);
  const groups = all.slice(0, mostColumns);
  if (groups.length === 0) return { predicted: [], notAsked: 0 };
  const frame = await buildFeatureFrame(await sampledStudy(study, run), run);
  const trainer = await createTrainer(frame, run);
  try {
    const { asked, left } = questions(trainer, groups, run.random.fork('missingness'));
    const step = run.progress.step('which nulls other columns predict', asked.length);
    const answers: Answer[] = [];
    for (const question of asked) {
      answers.push(await ask(trainer, question, 'nulls'));
      step.advance();
    }
    step.end();
    const corrected = benjaminiHochberg(answers.map(({ p }) => p));
    const found: Missingness[] = [];
    for (const [i, { p: _p, ...answer }] of answers.entries()) {
      const significant = corrected[i]! <= rate && answer.auc >= worth;
      const shuffled = significant ? (await ask(trainer, shuffledNulls(asked[i]!), 'shuffled')).auc : null;
      found.push({ ...answer, shuffled, depends: shuffled !== null && answer.auc - shuffled > more });
    }
    return { predicted: found, notAsked: left + all.length - groups.length };
  } finally {
    await trainer.close();
  }
}

/** Feature columns with nulls to explain, those null in the same rows together; most telling first. */
function groupsOf(
  { train, roles }: Study,
  marks: readonly CountedMark[],
  together: readonly Together[],
): readonly (readonly Column[])[] {
  const features = new Set(roles.features.map(({ column }) => column.id));
  const rarer = (cells: number): number => Math.min(cells, train.rows - cells);
  const seen = new Set<string>();
  return marks
    .filter(({ mark, cells }) => {
      const share = cells / train.rows;
      return mark.kind === 'null' && share >= shares.least && share <= shares.most && features.has(mark.column.id);
    })
    .toSorted((a, b) => rarer(b.cells) - rarer(a.cells))
    .flatMap(({ mark: { column } }) => {
      if (seen.has(column.id)) return [];
      const same = together.find(({ columns }) => columns.some(({ id }) => id === column.id));
      const group = (same?.columns ?? [column]).filter(({ id }) => features.has(id));
      for (const { id } of group) seen.add(id);
      return [group];
    });
}

/** What a model is shown of each group: as many null rows as others, at most, and no column of the group. */
function questions(
  { frame }: Trainer,
  groups: readonly (readonly Column[])[],
  random: Random,
): { readonly asked: readonly Asked[]; readonly left: number } {
  const base = asIs(frame);
  const order = drawnOrder(base.rows, random.fork('rows'));
  const width = Math.max(1, Math.min(mostShown, frame.columns.length));
  const ofKind = Math.min(mostOfKind, Math.floor(mostCells / (2 * width)));
  const most = Math.max(1, Math.floor(mostCells / (2 * ofKind * width)));
  const all = groups.flatMap((columns): Asked[] => {
    const masked = columns.map(({ id }) => frame.columns.findIndex(({ feature }) => feature.column.id === id));
    const isNull = (row: number): boolean => frame.bins[row * frame.stride + masked[0]!] === missingBin;
    const nulls = order.filter(isNull).subarray(0, ofKind);
    const others = order.filter((row) => !isNull(row)).subarray(0, ofKind);
    const alone = masked.length === frame.columns.length;
    if (alone || Math.min(nulls.length, others.length) < leastOfKind) return [];
    const rows = Int32Array.from([...nulls, ...others]).sort();
    const label = Uint8Array.from(rows, (row) => Number(isNull(row)));
    const overlay = { columns: new Map(), masked, rows, label, weight: null, touched: 0 };
    return [{ columns, overlay, random: random.fork(columns[0]!.id) }];
  });
  const asked = all.slice(0, most);
  return { asked, left: all.length - asked.length };
}

function shuffledNulls(asked: Asked): Asked {
  const { rows, label } = asked.overlay;
  const places = drawnOrder(Int32Array.from(rows.keys()), asked.random.fork('shuffled'));
  return { ...asked, overlay: { ...asked.overlay, label: Uint8Array.from(places, (place) => label[place]!) } };
}

async function ask(trainer: Trainer, { columns, overlay, random }: Asked, name: string): Promise<Answer> {
  const { frame } = trainer;
  const { rows, label } = overlay;
  const folds = teachingFolds(frame, rows, label, random.fork(name));
  const { p } = await foldPredictions(trainer, overlay, [folds], smoothParameters.rounds, () => {});
  const { value, influence } = aucInfluence(p, label);
  const { unit, units } = renumberUnits(rows.map((row) => frame.unit[row]!));
  const { variance, df } = clusterVariance(sumByUnit(influence, unit, units));
  const error = Math.sqrt(variance);
  const wide = error * tQuantile(0.975, df);
  return {
    columns,
    auc: value,
    low: Math.max(0, value - wide),
    high: Math.min(1, value + wide),
    p: error > 0 ? 1 - tCdf((value - 0.5) / error, df) : Number(value <= 0.5),
  };
}
