/** What can be asked of a measurement, in the order in which the budget serves it. */
export const studyNames = [
  'gains',
  'curves',
  'rows',
  'negatives',
  'days',
  'columns',
  'capacity',
  'encodings',
  'origins',
] as const;

/** What a run measures by itself: what its verdict and its recipe rest on, and whether the gain lasts. */
export const runStudies: readonly StudyName[] = ['gains', 'curves', 'origins'];

export type StudyName = (typeof studyNames)[number];

/** Work of the studies besides gains, sensitivities and the curves that defects list. */
export interface StudyWork {
  /** Dose-response curves beyond those that defects list. */
  readonly curves: number;
  /** Reductions of the training set. */
  readonly rows: number;
  readonly negatives: number;
  readonly days: number;
  /** Columns and groups of columns left out one after the other. */
  readonly columns: number;
  /** Repairs and injections measured on a small and a large model. */
  readonly capacity: number;
  /** Repairs measured with ids by rank and by label means; none where no id is heavy. */
  readonly encodings: number;
  /** Days of the training rows that are scored by models of the days before them. */
  readonly origins: number;
}

/** The part of a plan of trials that says how much of the studies is done; `seeds` pairs each. */
export type StudyPlan = Omit<StudyWork, 'curves'> & { readonly seeds: number };

export const noStudies: StudyPlan = {
  rows: 0,
  negatives: 0,
  days: 0,
  columns: 0,
  capacity: 0,
  encodings: 0,
  origins: 0,
  seeds: 5,
};

/** Trainings of ordinary size that one effect on both models takes: 15 x 8 and 120 x 63 against about 60 x 31. */
export const capacityTrainings = 5;

/** Trainings that the studies ask for. */
export function studyTrainings(studies: StudyPlan): number {
  const { rows, negatives, days, columns, capacity, encodings, origins, seeds } = studies;
  const dropped = columns === 0 ? 0 : columns + 1;
  const sized = capacity === 0 ? 0 : (capacity + 1) * capacityTrainings;
  const encoded = encodings === 0 ? 0 : encodings + 1;
  return seeds * (rows + negatives + days + dropped + sized + encoded + 2 * origins);
}

/** What a budget left out of the studies, in words. */
export function studiesLeftOut(studies: StudyPlan, wished: StudyWork): string[] {
  const said: string[] = [];
  const less = (done: number, all: number, what: string): void => {
    if (all > 0 && done === 0) said.push(`${what} not measured.`);
    else if (done < all) said.push(`${what} measured at ${done} of ${all}.`);
  };
  less(studies.rows, wished.rows, 'The value of rows was');
  less(studies.negatives, wished.negatives, 'The value of negatives was');
  less(studies.days, wished.days, 'The value of days was');
  less(studies.columns, wished.columns, 'The value of columns was');
  less(studies.capacity, wished.capacity, 'Effects on a small and a large model were');
  less(studies.encodings, wished.encodings, 'Gains under a second encoding of ids were');
  less(studies.origins, wished.origins, 'Gains over days were');
  return said;
}
