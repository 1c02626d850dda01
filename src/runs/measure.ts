import type { Audit } from '../audit/audit.js';
import type { Defect } from '../core/defect.js';
import type { Cleaning, Curve, Effect, Proof, Unmeasured } from '../core/effect.js';
import type { Plan } from '../core/plan.js';
import type { Run } from '../core/run.js';
import type { Study } from '../core/study.js';
import type { EvaluationLabels, RollingGain } from '../core/worth.js';
import type { Interval } from '../../reports/model.js';
import type { Trainer } from '../models/trainer.js';
import type { OtherModel } from '../core/other-model.js';
import { ablate } from '../ablation/ablate.js';
import type { ChosenTrainer } from '../ablation/external/chosen-trainer.js';
import { measureOtherEncoding } from '../ablation/external/other-encoding.js';
import { openSecond, type Second } from '../ablation/external/second.js';
import { secondShare } from '../ablation/external/share-plan.js';
import { evaluationLabels, type LabelKnowledge } from '../ablation/labels/evaluation-labels.js';
import { measureStudies, nothingStudied, type Studies } from '../ablation/measure-studies.js';
import type { StudyName } from '../ablation/plan/studies.js';
import { withRowsWorth } from '../ablation/value/rows-worth.js';
import { bestRepair, measureRolling, type Rolled } from '../ablation/rolling/measure-rolling.js';
import { createExperiment, type Experiment } from '../ablation/experiment.js';
import { seedList } from '../ablation/seeds.js';
import { tooFewRows } from '../ablation/effect/floor.js';
import { levelOf } from '../ablation/effect/level.js';
import { repairTrainings } from '../ablation/plan/make-plan.js';
import { planTrials } from '../ablation/plan/plan-trials.js';
import type { TrialPlan } from '../ablation/plan/trial-plan.js';
import { propose, type Proposal } from '../ablation/propose.js';
import { layRepairs, trainRepairs, type Candidate } from '../ablation/repairs.js';
import { chain, type Chained } from '../cleaning/chain/chain.js';
import { proofSeeds } from '../cleaning/chain/proof.js';
import type { WantedEncoding } from '../models/encoding/choose-encoding.js';
import { buildFrame } from '../models/frame/build.js';
import { createTrainer } from '../models/pool/trainer.js';

/** What a measurement is asked for. */
export interface MeasureOptions {
  /** Seconds for trainings. */
  readonly budget: number;
  /** A plan to replay instead of making one. */
  readonly replay: TrialPlan | null;
  /** Make the plan and stop. */
  readonly planOnly: boolean;
  /** Also choose a recipe on inner rows and prove it on outer rows. */
  readonly clean: boolean;
  /** Writes down that the outer rows are opened; how often those of the same split are now, this time counted. */
  readonly openOuter: () => number | Promise<number>;
  /** What is measured; `gains` and `curves` where absent. A plan that is replayed rules over it. */
  readonly studies?: readonly StudyName[];
  /** Dose-response curves at most, those that defects list first; those alone where absent. */
  readonly curves?: number;
  /** What a reduction of the training set may cost in AUC; .001 where absent. */
  readonly worthBudget?: number;
  /** How ids with more values than bins reach the model; `auto` where absent. */
  readonly encoding?: WantedEncoding;
  /** A second model, measured beside the built-in one. */
  readonly trainer?: ChosenTrainer;
  /** What is known of wrong evaluation labels. */
  readonly labels?: LabelKnowledge;
  /** Where it is stopped after the trainings of all repairs ended: gives their gains instead of failing. */
  readonly keepGains?: boolean;
}

/** Everything that needed a model. */
export interface Measurements {
  readonly trialPlan: TrialPlan;
  readonly asIs: Interval | null;
  readonly effects: readonly Effect[];
  readonly unmeasured: readonly Unmeasured[];
  readonly curves: readonly Curve[];
  readonly studies: Studies;
  readonly evaluationLabels: EvaluationLabels | null;
  /** What a second model says; null where none was asked for. */
  readonly otherModel: OtherModel | null;
  /** A gain over days; null where it was not measured. */
  readonly rolling: RollingGain | null;
  readonly cleaning: Cleaning | null;
  /** The accepted steps, in order; empty where nothing was accepted. */
  readonly recipe: Plan;
  readonly trainings: number;
  /** What intervals rest on; `thin` says why there are none. Null when only a plan was made. */
  readonly evaluation: { readonly positives: number; readonly units: number; readonly thin: string | null } | null;
  /** For those who measure more with the same models; null when only a plan was made. */
  readonly experiment: Experiment | null;
  readonly trainer: Trainer;
  readonly proposal: Proposal;
}

/**
 * Gains on inner rows, the chain, the proof on outer rows, once; then gains, sensitivities and curves on both for the
 * report. The order matters: nothing that saw the outer rows is ever fed back into a choice.
 */
export async function measure(
  study: Study,
  defects: readonly Defect[],
  audit: Audit,
  options: MeasureOptions,
  run: Run,
): Promise<Measurements> {
  const asked = options.studies ?? ['gains', 'curves'];
  // A report has room for one model beside the built-in one.
  const studies = options.trainer === undefined ? asked : asked.filter((study) => study !== 'encodings');
  const proposal = wanted(await propose(study, defects, audit, run.within('propose repairs')), studies, options.curves);
  const frame = await buildFrame(study, run.within('build frame'));
  const trainer = await createTrainer(frame, run);
  const own = options.budget * (options.trainer === undefined ? 1 : 1 - secondShare);
  const planned =
    options.replay ??
    (await planTrials(trainer, proposal, own, run.within('plan'), {
      studies,
      encoding: options.encoding,
      clean: options.clean,
    }));
  const count = proposal.suspects.reduce((sum, suspect) => sum + suspect.repairs.length, 0);
  const repairs = options.planOnly
    ? []
    : await layRepairs(study, frame, proposal.suspects, run.within('lay repairs', count));
  const step = run.within('train', planned.trainings);
  const experiment = createExperiment(study, trainer, planned, step);
  const second = await secondOf(experiment, proposal, options, run);
  const trialPlan: TrialPlan = second === null ? planned : { ...planned, second: second.plan };
  const nothing = {
    asIs: null,
    effects: [],
    unmeasured: [],
    curves: [],
    studies: nothingStudied,
    evaluationLabels: null,
    otherModel: null,
    rolling: null,
    cleaning: null,
    recipe: emptyPlan,
  };
  if (options.planOnly)
    return { ...nothing, trialPlan, trainings: 0, evaluation: null, experiment: null, trainer, proposal };

  await experiment.train([experiment.asIs], seedList(trialPlan.seeds.gains.start));
  const candidates = await trainRepairs(experiment, repairs, trialPlan, run.news);
  step.progress.expect(planned.trainings - repairTrainings(planned, count) + experiment.trainings());
  const rows = experiment.rows('evaluation');
  const common = {
    trialPlan,
    evaluation: { positives: rows.positives, units: rows.units, thin: tooFewRows(rows) },
    experiment,
    trainer,
    proposal,
  };
  const further = { experiment, proposal, candidates, trialPlan, trainer, second, step };
  const found = await measureFurther(further, options, run).catch(async (thrown: unknown) => {
    if (options.keepGains !== true || !run.signal.aborted) throw thrown;
    const gains = await ablate(
      experiment,
      proposal,
      candidates,
      { ...trialPlan, sensitivities: false, doses: [] },
      run,
    );
    const studies = { ...nothingStudied, leftOut: [stoppedSentence] };
    return { ...nothing, ...gains, studies, asIs: asIsLevel(experiment, null, trialPlan) };
  });
  step.progress.end();
  return { ...common, ...found, trainings: experiment.trainings() };
}

const stoppedSentence =
  'It was stopped after the repairs were measured: nothing was chosen or proven, and neither sensitivities nor curves were measured.';

/** What follows the trainings of all repairs. */
interface Further {
  readonly experiment: Experiment;
  readonly proposal: Proposal;
  readonly candidates: readonly Candidate[];
  readonly trialPlan: TrialPlan;
  readonly trainer: Trainer;
  readonly second: Second | null;
  readonly step: Run;
}

async function measureFurther(
  { experiment, proposal, candidates, trialPlan, trainer, second, step }: Further,
  options: MeasureOptions,
  run: Run,
): Promise<Omit<Measurements, 'trialPlan' | 'trainings' | 'evaluation' | 'experiment' | 'trainer' | 'proposal'>> {
  const chained = options.clean
    ? await chain(experiment, candidates, trialPlan, { openOuter: options.openOuter })
    : null;
  const ablation = await ablate(experiment, proposal, candidates, trialPlan, run.within('ablate'));
  const budget = options.worthBudget ?? 0.001;
  const studied = await measureStudies(experiment, proposal, candidates, trialPlan, budget, run.within('studies'));
  const labels = await evaluationLabels(experiment, candidates, trialPlan.seeds.gains.start, options.labels ?? {}, run);
  const work = { candidates, suspects: proposal.suspects, effects: ablation.effects };
  const otherModel =
    second === null
      ? await measureOtherEncoding(experiment, trainer, trialPlan, work, step)
      : await second.measure(work, run.within('second model'));
  const rolling = await measureRolling(experiment, trainer, trialPlan, rolledOf(experiment, candidates, chained), step);
  return {
    asIs: asIsLevel(experiment, chained?.cleaning.proof ?? null, trialPlan),
    ...ablation,
    effects: withRowsWorth(ablation.effects, studied.value.find((curve) => curve.of === 'rows') ?? null),
    studies: { ...studied, leftOut: [...studied.leftOut, ...rolling.leftOut] },
    rolling: rolling.gain,
    evaluationLabels: labels,
    otherModel,
    cleaning: chained?.cleaning ?? null,
    recipe: chained?.plan ?? emptyPlan,
  };
}

/** What is rolled over days: the accepted repairs together, else the one that gains most. */
function rolledOf(experiment: Experiment, candidates: readonly Candidate[], chained: Chained | null): Rolled | null {
  const accepted = chained?.cleaning.steps.filter((step) => step.decision === 'accepted') ?? [];
  if (chained === null || accepted.length === 0) return bestRepair(experiment, candidates);
  const title = accepted.length === 1 ? accepted[0]!.title : 'the accepted repairs together';
  return { title, defects: accepted.map((step) => step.defect), plan: chained.plan };
}

/** The second model of the options, opened and timed; null where none was asked for. */
async function secondOf(
  experiment: Experiment,
  proposal: Proposal,
  { trainer, budget, replay }: MeasureOptions,
  run: Run,
): Promise<Second | null> {
  if (trainer === undefined) return null;
  const known = replay === null ? undefined : (replay.second ?? null);
  return openSecond(experiment, trainer, proposal, budget * secondShare, known, run.within('second model'));
}

/** The proposal cut down to the studies asked for; a chain of repairs needs gains. */
function wanted(proposal: Proposal, studies: readonly StudyName[], most = proposal.curves.length): Proposal {
  const all = studies.includes('curves') ? [...proposal.curves, ...proposal.moreCurves].slice(0, most) : [];
  return {
    ...proposal,
    ...(studies.includes('gains') ? {} : { suspects: [], unmeasured: [] }),
    curves: all.slice(0, proposal.curves.length),
    moreCurves: all.slice(proposal.curves.length),
  };
}

/** On the rows and seeds of the proof where there is one, so that before and after are of one kind. */
function asIsLevel(experiment: Experiment, proof: Proof | null, { seeds }: TrialPlan): Interval | null {
  if (proof !== null) return levelOf(experiment, proofSeeds(proof.seeds), 'outer');
  return levelOf(experiment, seedList(seeds.gains.start), 'evaluation');
}

const emptyPlan: Plan = { version: 1, steps: [] };
