import type { TrialPlan } from './trial-plan.js';
import { leastDays } from '../rolling/least-days.js';
import { noStudies, studiesLeftOut, studyTrainings, type StudyPlan, type StudyWork } from './studies.js';

/** What there is to measure, counted before anything is measured. */
export interface Work {
  /** Training rows of the data as it is, and evaluation rows. */
  readonly rows: { readonly train: number; readonly evaluation: number };
  readonly repairs: number;
  /** Other strengths that the chain may try: those of one repair of each defect; none where absent. */
  readonly strengths?: number;
  /** Whether a chain chooses among the repairs and proves what it chose. */
  readonly chain: boolean;
  readonly sensitivities: number;
  /** Curves that defects list. */
  readonly curves: number;
  /** What else is asked for; nothing where absent. */
  readonly studies?: StudyWork;
}

/** What it costs: seconds of wall clock, all threads busy, for one training on all rows. */
export interface Pace {
  readonly budget: number;
  readonly secondsPerTraining: number;
  readonly rounds: number;
}

type Draft = Omit<TrialPlan, 'trainings' | 'leftOut'>;

/** Above this many evaluation rows, memory and time grow and the interval is no longer ruled by them. */
const evaluationCap = 250_000;

/** Sampling stops here at first: below, other things give way before rows do. */
const wishedRows = 150_000;
const fairRows = 80_000;
const fewestRows = 20_000;

/** Combinations that the chain tries on top of accepted steps where two or three repairs pay. */
const chainTries = 6;

/** Other strengths that it tries: of one or two accepted steps. */
const strengthTries = 3;

const doses = [0.02, 0.05, 0.1, 0.15, 0.2];

/**
 * Turns a budget into a plan of trials; a pure function of its arguments. The wish spends about half on gains and
 * sensitivities, three tenths on curves, a fifth on cleaning. Where it does not fit, things give way in this order:
 * rows down to 150,000, points of the curves, seeds (never below 3), seeds of repairs that promise little, all curves
 * but one, rows down to 80,000, the last curve, sensitivities, rows down to 20,000. What is left over buys the studies
 * that were asked for, then pairs for the gains.
 */
export function makePlan(work: Work, pace: Pace): TrialPlan {
  let draft = wish(work, pace);
  for (const cut of cuts) {
    if (fits(draft, work, pace)) break;
    draft = cut(draft, work, pace);
  }
  const spent = spendRest(withStudies(draft, work, pace), work, pace);
  return { ...spent, trainings: demand(spent, work), leftOut: leftOut(spent, work) };
}

function wish(work: Work, pace: Pace): Draft {
  return {
    version: 1,
    budget: pace.budget,
    secondsPerTraining: pace.secondsPerTraining,
    rows: { train: null, evaluation: work.rows.evaluation > evaluationCap ? evaluationCap : null },
    rounds: pace.rounds,
    seeds: { gains: { start: 5, most: 8 }, sensitivities: 6, curves: 4, proof: 8 },
    doses,
    refine: true,
    curves: work.curves,
    sensitivities: true,
    keep: null,
    studies: noStudies,
    quick: false,
  };
}

/** Each makes the plan smaller; they are tried in order until it fits. */
const cuts: readonly ((draft: Draft, work: Work, pace: Pace) => Draft)[] = [
  (draft, work, pace) => sampled(draft, work, pace, wishedRows),
  (draft) => ({ ...draft, refine: false }),
  (draft) => ({ ...draft, doses: [0.05, 0.1, 0.2] }),
  (draft) => ({ ...draft, doses: [0.05, 0.2] }),
  (draft) => ({ ...draft, seeds: { ...draft.seeds, gains: { start: 5, most: 5 }, sensitivities: 5, proof: 5 } }),
  (draft, work) => raced(draft, work, Math.ceil(work.repairs / 3), 6),
  (draft) => ({ ...draft, seeds: { ...draft.seeds, curves: 3, sensitivities: 3 }, quick: true }),
  (draft) => ({ ...draft, curves: Math.min(draft.curves, 1) }),
  (draft, work) => raced(draft, work, 4, 5),
  (draft, work, pace) => sampled(draft, work, pace, fairRows),
  (draft) => ({ ...draft, seeds: { ...draft.seeds, gains: { start: 3, most: 3 }, proof: 3 }, keep: null }),
  (draft) => ({ ...draft, curves: 0, doses: [] }),
  (draft) => ({ ...draft, sensitivities: false }),
  (draft, work, pace) => sampled(draft, work, pace, fewestRows),
];

/** Three pairs for all, up to `most` for the `keep` that promise most; pointless where there are few repairs. */
function raced(draft: Draft, work: Work, keep: number, most: number): Draft {
  if (work.repairs <= keep) return draft;
  return { ...draft, keep, seeds: { ...draft.seeds, gains: { start: 3, most } }, quick: true };
}

/** The largest sample with which the draft fits, not below `least` rows. */
function sampled(draft: Draft, work: Work, pace: Pace, least: number): Draft {
  const all = work.rows.train;
  if (all <= least) return draft;
  const affordable = Math.floor((pace.budget / (demand(draft, work) * pace.secondsPerTraining)) * all);
  const train = Math.max(least, affordable);
  return train >= all ? draft : { ...draft, rows: { ...draft.rows, train } };
}

/**
 * Studies in order: the few points of rows, negatives and days first; columns get half of what is then left, further
 * curves half of the rest, the size of the model and a second encoding of ids the last. Then all get
 * more pairs, up to 10. Half of what is left after that rolls over days, the first to give way.
 */
function withStudies(draft: Draft, work: Work, pace: Pace): Draft {
  const wished = work.studies;
  if (wished === undefined) return draft;
  let now: Draft = { ...draft, studies: { ...noStudies, seeds: draft.seeds.gains.start } };
  const room = (part: number): Pace => {
    const used = secondsOf(now, work, pace);
    return { ...pace, budget: used + part * Math.max(0, pace.budget - used) };
  };
  const grant = (wish: number, part: number, change: (n: number) => Draft): void => {
    now = largest(wish, change, work, room(part)) ?? now;
  };
  const study = (name: keyof StudyPlan, part: number): void => {
    if (name !== 'seeds') grant(wished[name], part, (n) => ({ ...now, studies: { ...now.studies, [name]: n } }));
  };
  study('rows', 1);
  study('negatives', 1);
  study('days', 1);
  study('columns', 0.5);
  if (now.curves === work.curves && now.doses.length > 0)
    grant(wished.curves, 0.5, (n) => ({ ...now, curves: work.curves + n }));
  study('capacity', 1);
  study('encodings', 1);
  const { seeds } = now.studies;
  if (studyTrainings(now.studies) > 0)
    grant(10 - seeds, 1, (n) => ({ ...now, studies: { ...now.studies, seeds: seeds + n } }));
  // One day alone says nothing of other days.
  if (wished.origins >= leastDays) {
    const days = (n: number): Draft => ({ ...now, studies: { ...now.studies, origins: n + leastDays - 1 } });
    grant(wished.origins - leastDays + 1, 0.5, days);
  }
  return now;
}

/** The change by the largest number from 1 to `most` that fits; null where none does. More never costs less. */
function largest(most: number, change: (n: number) => Draft, work: Work, pace: Pace): Draft | null {
  let [fitting, beyond] = [0, most + 1];
  while (beyond - fitting > 1) {
    const n = (fitting + beyond) >> 1;
    if (fits(change(n), work, pace)) fitting = n;
    else beyond = n;
  }
  return fitting === 0 ? null : change(fitting);
}

/** Seeds of the gains grow to what the rest of the budget buys, at most 32. */
function spendRest(draft: Draft, work: Work, pace: Pace): Draft {
  const arms = Math.min(work.repairs, draft.keep ?? Infinity);
  if (arms === 0) return draft;
  const more = (most: number): Draft => ({
    ...draft,
    seeds: { ...draft.seeds, gains: { ...draft.seeds.gains, most } },
  });
  let best = draft;
  for (let most = draft.seeds.gains.most + 1; most <= 32 && fits(more(most), work, pace); most++) best = more(most);
  return best;
}

function fits(draft: Draft, work: Work, pace: Pace): boolean {
  return secondsOf(draft, work, pace) <= pace.budget;
}

function secondsOf(draft: Draft, work: Work, pace: Pace): number {
  const share = (draft.rows.train ?? work.rows.train) / Math.max(1, work.rows.train);
  return demand(draft, work) * pace.secondsPerTraining * share;
}

/** Trainings a draft asks for at most: gains with the data as it is, then the chain, sensitivities, curves. */
function demand(draft: Draft, work: Work): number {
  const { gains, sensitivities, curves, proof } = draft.seeds;
  const far = Math.min(work.repairs, draft.keep ?? Infinity);
  const repairs = repairTrainings(draft, work.repairs);
  const tries = Math.min(chainTries, Math.max(0, far - 1)) + Math.min(strengthTries, work.strengths ?? 0);
  const chain = work.repairs === 0 || !work.chain ? 0 : 2 * proof + tries * gains.most;
  const again = draft.sensitivities ? work.sensitivities * sensitivities : 0;
  const points = draft.doses.length + (draft.refine ? 1 : 0);
  const drawn = draft.doses.length === 0 ? 0 : draft.curves * points * curves;
  return repairs + chain + again + drawn + studyTrainings(draft.studies);
}

/** Trainings of `repairs` repairs and of the data as it is at most: fewer where precision asks for less. */
export function repairTrainings(
  { seeds: { gains }, keep }: Pick<TrialPlan, 'seeds' | 'keep'>,
  repairs: number,
): number {
  const far = Math.min(repairs, keep ?? Infinity);
  return far * gains.most + (repairs - far) * gains.start + gains.most;
}

function leftOut(draft: Draft, work: Work): string[] {
  const said: string[] = [];
  const { rows, seeds } = draft;
  if (rows.train !== null) said.push(`Trained on a sample of about ${rows.train} of ${work.rows.train} rows.`);
  if (rows.evaluation !== null) {
    said.push(`Evaluated on a sample of about ${rows.evaluation} of ${work.rows.evaluation} rows.`);
  }
  const wished = work.curves + (work.studies?.curves ?? 0);
  if (draft.curves < wished) said.push(`${wished - draft.curves} of ${wished} curves were not drawn.`);
  else if (work.curves > 0 && draft.doses.length < doses.length) {
    said.push(`Curves have ${draft.doses.length} points instead of ${doses.length}.`);
  }
  if (!draft.sensitivities && work.sensitivities > 0) said.push('Sensitivities were not measured.');
  if (draft.keep !== null) {
    const { start, most } = seeds.gains;
    said.push(
      `The ${draft.keep} most promising of ${work.repairs} repairs got up to ${most} pairs, the others ${start}.`,
    );
  }
  if (draft.quick) said.push(`Quick: down to ${Math.min(seeds.gains.start, seeds.curves, seeds.sensitivities)} pairs.`);
  if (work.studies !== undefined) said.push(...studiesLeftOut(draft.studies, work.studies));
  return said;
}
