import type { TrialPlan } from './trial-plan.js';

/** A plan of trials in words, for those who read it before they pay for it. */
export function planText(plan: TrialPlan): string {
  return planLines(plan)
    .map(([name, text]) => `${name.padEnd(15)}${text}\n`)
    .join('');
}

/** Seconds that the trainings of a plan take at most, by the pace that was measured when it was made. */
export function foreseenSeconds(plan: TrialPlan): number {
  return Math.ceil(plan.trainings * plan.secondsPerTraining * (plan.rows.train === null ? 1 : shareOf(plan)));
}

/** The lines of a plan: what they are about, and what is planned. */
export function planLines(plan: TrialPlan): readonly (readonly [name: string, text: string])[] {
  const { seeds, rows, studies } = plan;
  const { start, most } = seeds.gains;
  const studied = Object.entries(studies).filter(([name, n]) => name !== 'seeds' && n > 0);
  return [
    [
      'Budget',
      `${plan.budget} s; at most ${plan.trainings} trainings of ${plan.rounds} rounds, about ${foreseenSeconds(plan)} s`,
    ],
    ['Rows', `${rows.train ?? 'all'} training, ${rows.evaluation ?? 'all'} evaluation`],
    [
      'Gains',
      `${start} to ${most} pairs each${plan.keep === null ? '' : `; more than ${start} for the ${plan.keep} that promise most`}`,
    ],
    ['Sensitivities', plan.sensitivities ? `${seeds.sensitivities} pairs each` : 'none'],
    [
      'Curves',
      plan.doses.length === 0 ? 'none' : `${plan.curves} at doses ${plan.doses.join(', ')}, ${seeds.curves} pairs each`,
    ],
    ['Proof', `${seeds.proof} fresh pairs, where a recipe is chosen`],
    ['Studies', studied.length === 0 ? 'none' : studied.map(([name, n]) => `${name} ${n}`).join(', ')],
    ...plan.leftOut.map((said) => ['Left out', said] as const),
  ];
}

/** A sample trains faster by as much as it is smaller; how many rows there are is only known from what was left out. */
function shareOf({ rows, leftOut }: TrialPlan): number {
  const all = leftOut.map((said) => /^Trained on a sample of about \d+ of (\d+) rows/.exec(said)?.[1]).find(Boolean);
  return all === undefined || rows.train === null ? 1 : rows.train / Number(all);
}
