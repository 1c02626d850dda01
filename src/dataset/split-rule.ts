import type { Relation } from '../core/relation.js';
import type { Run } from '../core/run.js';
import type { Split, Study } from '../core/study.js';
import type { Rule, Span } from './sql/split-parts.js';
import { immatureTail, nothingMature } from './immature-tail.js';
import { timeAtRank, timeBefore, timeSpan } from './sql/split-parts.js';

export interface ChosenRule extends Pick<Split, 'by' | 'reason' | 'immature'> {
  readonly rule: Rule;
}

/** Decides how rows are set apart, by what the study has: a test file, a time, a user, a group. */
export async function chooseRule(study: Study, run: Run): Promise<ChosenRule> {
  const { roles, test } = study;
  if (test !== null) {
    const outer = await outerRule(study, test, everything, run);
    const how =
      outer.by === 'time'
        ? `its latest two thirds by ${quoted(roles.time!.name)}`
        : `two thirds of ${units(study)} in it`;
    return {
      rule: { heldOut: null, leftOut: null, outer },
      by: 'test-file',
      reason: `The test file given is the evaluation set; ${how} are opened once, for the proof.`,
    };
  }
  const immature = roles.time === null ? null : await immatureTail(study, run);
  const until = immature?.from ?? null;
  // At most 20% of the rows, ties to training.
  const cut = roles.time === null ? null : await cutAt(study, study.whole, { after: null, until }, 0.8, run);
  if (cut === null && immature !== null) throw nothingMature(immature.days);
  if (cut !== null) {
    const outer = await outerRule(study, study.whole, { after: cut, until }, run);
    const proof = outer.by === 'time' ? 'the latest two thirds of them' : `two thirds of ${units(study)} among them`;
    return {
      rule: { heldOut: { by: 'time', cut }, leftOut: until, outer },
      by: 'time',
      ...(immature === null ? {} : { immature }),
      reason: `The last 20% of ${immature === null ? 'rows' : 'the rows with mature labels'} by ${quoted(roles.time!.name)} are held out, since scoring comes after training; ${proof} are opened once, for the proof.`,
    };
  }
  const why = roles.time === null ? 'there is no time' : `${quoted(roles.time.name)} has one value only`;
  const by = roles.user !== null ? 'user' : roles.group !== null ? 'group' : 'row';
  return {
    rule: { heldOut: { by: 'hash' }, leftOut: null, outer: { by: 'hash' } },
    by,
    reason: `20% of ${units(study)} are held out by a seeded hash, since ${why}; two thirds of them are opened once, for the proof.`,
  };
}

const everything: Span = { after: null, until: null };

async function outerRule(study: Study, relation: Relation, span: Span, run: Run): Promise<Rule['outer']> {
  const cut = study.roles.time === null ? null : await cutAt(study, relation, span, 1 / 3, run);
  return cut === null ? { by: 'hash' } : { by: 'time', cut };
}

/**
 * A time in a span with at least `share` of its rows at or before it and some rows after it. Where the last tie reaches the
 * end, the time before it, so that the tie is what comes after; null where there is one time only.
 */
async function cutAt(
  { roles }: Study,
  relation: Relation,
  span: Span,
  share: number,
  run: Run,
): Promise<number | null> {
  const { engine } = run;
  const one = async (query: ReturnType<typeof timeSpan>): Promise<Record<string, unknown>> =>
    (await engine.rows(query, 1, run))[0]!;
  const { cells, low, high } = await one(timeSpan(relation, roles, span, engine.dialect));
  if (Number(cells) === 0 || low === high) return null;
  // A little is taken off, so that 0.8 * 10 is rank 8 whatever the last bit of the product.
  const rank = Math.max(1, Math.ceil(Number(cells) * share - 1e-9));
  const { t } = await one(timeAtRank(relation, roles, span, rank, engine.dialect));
  if (Number(t) < Number(high)) return Number(t);
  return Number((await one(timeBefore(relation, roles, span, Number(high), engine.dialect)))['t']);
}

function units({ roles }: Study): string {
  if (roles.user !== null) return `the users (${quoted(roles.user.name)})`;
  return roles.group !== null ? `the groups (${quoted(roles.group.name)})` : 'the rows';
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
