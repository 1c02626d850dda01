import type { Wanted } from '../../src/core/defect.js';
import type { Evidence } from '../../src/core/evidence.js';
import type { Run } from '../../src/core/run.js';
import type { Study } from '../../src/core/study.js';
import type { CellsOf } from './detect/cells.js';
import type { CountedMark } from './detect/counted-mark.js';
import type { Found } from './detect/found.js';
import type { Suspect } from './detect/outages.js';
import type { MissingOptions } from './options.js';
import { countCells } from './detect/cells.js';
import { columnsLookedAt } from './detect/columns.js';
import { findingsOf, measurementsOf } from './detect/findings.js';
import { cellsFlagged, flagCells } from './detect/flagged.js';
import { labelNulls } from './detect/label-nulls.js';
import { missingness } from './detect/missingness.js';
import { findOutages } from './detect/outages.js';
import { sentinelMarks } from './detect/sentinels.js';
import { sliceColumns, sliceExcesses } from './detect/slices.js';
import { mostRuled, structuralRules } from './detect/structural.js';
import { nullTogether } from './detect/together.js';
import { wordMarks } from './detect/words.js';

/** An honest zero needs a column of many values before a stretch of zeros says anything. */
const minDistinctForZero = 30;
/** Marks followed over time and slices, those with most cells first, and columns compared for nulls in the same rows. */
const mostFollowed = 100;
const mostTogether = 500;
/** Measurements that take more than counting cells, and the one that takes trainings. */
const trained = 'missing.predicted-auc';
const inDepth = ['missing.share', 'missing.outage-cells', 'missing.label-auc', trained];

/**
 * Finds nulls, disguised nulls, what explains them, the times and slices in which they pile up, and whether the label and
 * the other columns tell where they are.
 */
export async function detect(study: Study, run: Run, options: MissingOptions, wanted?: Wanted): Promise<Evidence> {
  const asked = (name: string): boolean => wanted === undefined || wanted.has(name);
  const found = await look(study, run, options, { deep: inDepth.some(asked), trains: asked(trained) });
  const flagged = await flagCells(study.train, found, run);
  const count = cellsFlagged(found);
  const eligible = found.rows * found.cells.length;
  return {
    measurements: measurementsOf(found, count),
    findings: findingsOf(found),
    score: eligible === 0 ? 0 : count / eligible,
    flagged,
  };
}

async function look(
  study: Study,
  run: Run,
  options: MissingOptions,
  { deep, trains }: { readonly deep: boolean; readonly trains: boolean },
): Promise<Found> {
  const { train, roles } = study;
  const columns = columnsLookedAt(roles, train.columns);
  const cells = columns.length === 0 ? [] : await countCells(train, columns, run);
  const marks = [
    ...cells
      .filter((c) => c.nulls > 0)
      .map((c): CountedMark => ({ mark: { column: c.column, kind: 'null' }, cells: c.nulls })),
    ...(await wordMarks(train, cells, run)),
    ...(await sentinelMarks(train, cells, run)),
  ];
  if (!deep) return { ...nothingExplained, rows: train.rows, time: roles.time, cells, marks };
  const rules = await structuralRules(train, marks, columns, run);
  const plain = marks.filter((m) => !rules.has(m));
  const unexplained = followed(plain);
  const slices = sliceColumns(cells);
  const numeric = new Set(roles.features.flatMap((f) => (f.kind === 'numeric' ? [f.column.id] : [])));
  const amounts = cells.filter(({ column }) => numeric.has(column.id));
  const suspects = [
    ...unexplained.map((m) => asSuspect(m, options)),
    ...zeros(amounts, marks, options).slice(0, mostFollowed),
  ];
  const together = await nullTogether(train, cells.slice(0, mostTogether), run);
  return {
    rows: train.rows,
    time: roles.time,
    cells,
    marks,
    rules,
    ...(roles.time === null ? noStretches : await findOutages(train, suspects, roles.time, slices, run)),
    slices: await sliceExcesses(train, unexplained, slices, run),
    together,
    byLabel: await labelNulls(study, plain, run),
    ...(trains ? await missingness(study, plain, together, run) : { predicted: [], notAsked: 0 }),
    beyond: {
      ruled: Math.max(0, columns.length - mostRuled),
      followed: plain.length - unexplained.length,
      together: Math.max(0, cells.length - mostTogether),
    },
  };
}

/** All of them, or where there are too many those with most cells. */
function followed(marks: readonly CountedMark[]): readonly CountedMark[] {
  return marks.length <= mostFollowed ? marks : marks.toSorted((a, b) => b.cells - a.cells).slice(0, mostFollowed);
}

const noStretches = { outages: [], recurring: [] } as const;

const nothingExplained = {
  ...noStretches,
  rules: new Map(),
  slices: [],
  together: [],
  byLabel: [],
  predicted: [],
  notAsked: 0,
  beyond: { ruled: 0, followed: 0, together: 0 },
} as const;

function asSuspect({ mark }: CountedMark, { outageZ }: MissingOptions): Suspect {
  return { mark, heat: { z: outageZ, share: 0.05, excess: 0.05 } };
}

/** Zeros of numeric columns of many values: honest in general, a default written instead of a value when they take over. */
function zeros(
  cells: readonly CellsOf[],
  marks: readonly CountedMark[],
  { outageZ }: MissingOptions,
): readonly Suspect[] {
  const known = new Set(
    marks.flatMap(({ mark }) => (mark.kind === 'value' && mark.value === 0 ? [mark.column.id] : [])),
  );
  return cells
    .filter(({ column, distinct, low, high }) => {
      const holdsZero = low !== null && high !== null && low <= 0 && high >= 0;
      return holdsZero && distinct >= minDistinctForZero && !known.has(column.id);
    })
    .map(({ column }) => ({
      mark: { column, kind: 'value', value: 0 },
      heat: { z: outageZ, share: 0.5, excess: 0.3 },
    }));
}
