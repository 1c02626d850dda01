/** A defect of the demo log: what was planted, where, and under which names the truth calls it. */
export interface PlantedDefect {
  /** Name of the mark in this file's functions. */
  readonly mark: Mark;
  /** Defect and mechanism as Assay names them. */
  readonly defect: string;
  readonly mechanism: string;
  readonly where: 'train' | 'both';
  readonly column?: string;
  readonly says: string;
}

export type Mark = 'bots' | 'fakes' | 'outage' | 'unit' | 'duplicates' | 'conflicts' | 'device' | 'labelDrift';

/** Doses and places; the days are inclusive and count from 0. */
export const doses = {
  bots: { source: 3, firstDay: 6, lastDay: 11, share: 0.4 },
  fakes: { share: 0.004 },
  outage: { version: 1, firstDay: 15, lastDay: 19 },
  unit: { country: 2, firstDay: 20, factor: 100 },
  duplicates: { inVersionZero: 0.08, elsewhere: 0.02 },
  conflicts: { source: 2, share: 0.3 },
  device: { below: 2, firstDay: 18, share: 0.12, becomes: 3 },
  labelDrift: { firstDay: 20, logit: -0.2 },
} as const;

/** What is planted, in the order of the table that compares it with what was flagged. */
export const plantedDefects: readonly PlantedDefect[] = [
  {
    mark: 'bots',
    defect: 'label-noise',
    mechanism: 'slice',
    where: 'train',
    column: 'source',
    says: '40% of the non-clicks of source 3 on days 6 to 11 became clicks',
  },
  {
    mark: 'fakes',
    defect: 'label-noise',
    mechanism: 'false-positives',
    where: 'train',
    says: '.4% of all non-clicks became clicks',
  },
  {
    mark: 'outage',
    defect: 'missing',
    mechanism: 'disguised-block',
    where: 'train',
    column: 'relevance',
    says: 'relevance is 0 in version 1 on days 15 to 19',
  },
  {
    mark: 'unit',
    defect: 'drift',
    mechanism: 'unit-change',
    where: 'both',
    column: 'price',
    says: 'price is 100 times too large in country 2 from day 20 on',
  },
  {
    mark: 'duplicates',
    defect: 'duplicates',
    mechanism: 'exact-copies',
    where: 'train',
    says: '8% of the rows of version 0 and 2% of the others were copied',
  },
  {
    mark: 'conflicts',
    defect: 'conflicts',
    mechanism: 'flipped-copies',
    where: 'train',
    says: '30% of the clicks of source 2 have a copy without a click',
  },
  {
    mark: 'device',
    defect: 'drift',
    mechanism: 'new-level',
    where: 'both',
    column: 'device',
    says: '12% of the users of devices 0 and 1 have a new device 3 from day 18 on',
  },
  {
    mark: 'labelDrift',
    defect: 'label-drift',
    mechanism: 'prior-shift',
    where: 'both',
    says: 'the logit of a click is .20 lower from day 20 on',
  },
];
