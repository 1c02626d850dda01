import { describe, expect, it } from 'vitest';
import type { Effect } from '../../src/core/effect.js';
import type { Measurement } from '../../src/core/evidence.js';
import type { Gate, GateRule } from '../../src/core/gate.js';
import type { GateEvidence, PastRun } from '../../src/gate/evidence.js';
import type { OnUnknown, Policy, Rule, Subject } from '../../src/gate/policy.js';
import { gate } from '../../src/gate/gate.js';
import { pBeyond } from '../../src/gate/judge-effect.js';
import { tQuantile } from '../../src/stats/distributions.js';

const nothing: GateEvidence = {
  analyzers: [],
  absent: new Map(),
  columns: ['age', 'price'],
  effects: [],
  unmeasured: [],
  trained: true,
  baseline: null,
  history: [],
};

function policy(rules: readonly Rule[], more: Partial<Policy> = {}): Policy {
  return { name: 'test', unknown: 'fail', analyzers: 'fail', baseline: null, rules, exemptions: [], ...more };
}

function rule(on: Subject, bound: Rule['bound'], limit: number, more: Partial<Rule> = {}): Rule {
  return { on, bound, limit, level: 'fail', unknown: 'fail', ...more };
}

const share = (column: string | null = null): Subject => ({ kind: 'measurement', name: 'missing.share', column });
const gainOf = (defect: string): Subject => ({ kind: 'gain', defect });

function missing(measurements: readonly Measurement[]): GateEvidence['analyzers'][number] {
  return { id: 'missing', title: 'Missing fields', outcome: 'ok', measurements };
}

function of(column: string, value: number): Measurement {
  return { name: 'missing.share', value, unit: 'share', column };
}

/** A gain with a standard error. */
function gain(defect: string, value: number, se: number, df = 20): Effect {
  const side = tQuantile(0.95, df) * se;
  const wide = tQuantile(0.975, df) * se;
  return {
    kind: 'gain',
    defect,
    arm: 'drop',
    title: `drop ${defect}`,
    metric: 'auc',
    effect: value,
    low: value - wide,
    high: value + wide,
    lower95: value - side,
    upper95: value + side,
    p: 0.5,
    df,
    pAdjusted: 0.5,
    verdict: 'not-resolved',
    mde: 2.8 * se,
    estimand: 'thisTrainingSet',
    units: 10,
    rows: 1000,
    seeds: 5,
    on: 'evaluation',
    model: 'built-in GBDT, rank',
  };
}

function ran(id: string): GateEvidence['analyzers'][number] {
  return { id, title: id, outcome: 'ok', measurements: [] };
}

function ranBefore(id: string, measurements: readonly Measurement[]): PastRun {
  return { id, measurements, looked: () => true };
}

/** Today's data after five or so runs. */
function past(values: readonly number[]): GateEvidence {
  return {
    ...nothing,
    analyzers: [missing([of('age', 0.03)])],
    history: values.map((value, i) => ranBefore(`r${i}`, [of('age', value)])),
  };
}

function budget(defect: string, more: Partial<Rule> = {}): Rule {
  return rule(gainOf(defect), 'budget', 0.002, more);
}

const first = (result: Gate): GateRule => result.rules[0]!;

describe('a rule on a measurement', () => {
  const evidence = { ...nothing, analyzers: [missing([of('age', 0.03), of('price', 0.01)])] };

  it('is decided by the worst column, or by the one it names', () => {
    const worst = gate(policy([rule(share(), 'max', 0.02)]), evidence);
    expect(worst.verdict).toBe('failed');
    expect(first(worst)).toMatchObject({ state: 'breach', value: 0.03, message: expect.stringContaining('(age)') });
    expect(gate(policy([rule(share('price'), 'max', 0.02)]), evidence).verdict).toBe('passed');
  });

  it('passes at its limit, and fails just beyond, on either side', () => {
    expect(gate(policy([rule(share('age'), 'max', 0.03)]), evidence).verdict).toBe('passed');
    expect(gate(policy([rule(share('age'), 'min', 0.03)]), evidence).verdict).toBe('passed');
    expect(gate(policy([rule(share('age'), 'min', 0.0301)]), evidence).verdict).toBe('failed');
  });

  it('warns at level warn, and says nothing of the gate where it is exempt', () => {
    const warned = gate(policy([rule(share(), 'max', 0.02, { level: 'warn' })]), evidence);
    expect(warned.verdict).toBe('warned');
    const exemptions = [{ rule: 'missing.share', until: '2027-01-01', reason: 'a known outage' }];
    const exempt = gate(policy([rule(share(), 'max', 0.02)], { exemptions }), evidence);
    expect(exempt.verdict).toBe('passed');
    expect(first(exempt)).toMatchObject({
      outcome: 'exempt',
      state: 'breach',
      message: expect.stringContaining('a known outage'),
    });
  });

  it.each([
    ['the column is not there', share('ages'), nothing.analyzers, '"age"'],
    [
      'the analyzer failed',
      share(),
      [{ id: 'missing', title: 'Missing fields', outcome: 'failed', reason: 'no memory', measurements: [] }],
      'no memory',
    ],
    ['the analyzer was not run', share(), [], 'not run'],
    ['nothing is reported', share('price'), [missing([of('age', 0)])], 'gives no missing.share'],
  ] as const)('is unknown where %s, and unknown does what the policy says', (_, on, analyzers, words) => {
    const all = {
      ...nothing,
      analyzers:
        analyzers.length === 0 && on.kind === 'measurement' && on.column === 'ages' ? [missing([])] : analyzers,
    };
    const verdicts = (['fail', 'warn', 'pass'] as const satisfies readonly OnUnknown[]).map((unknown) => {
      const result = gate(policy([rule(on, 'max', 1, { unknown })], { analyzers: 'warn' }), all);
      const last = result.rules.at(-1)!;
      expect(last.state).toBe('unknown');
      expect(last.message).toContain(words);
      return last.outcome;
    });
    expect(verdicts).toEqual(['failed', 'warned', 'passed']);
  });

  it('takes the declared value where nothing reported means none', () => {
    const absent = new Map([['missing.share', 0]]);
    expect(
      gate(policy([rule(share('price'), 'max', 0)]), { ...nothing, absent, analyzers: [missing([])] }).verdict,
    ).toBe('passed');
  });

  it('fails the gate where an analyzer failed, whether or not a rule is about it', () => {
    const analyzers = [{ ...ran('drift'), outcome: 'failed', reason: 'no memory' } as const];
    expect(gate(policy([]), { ...nothing, analyzers }).verdict).toBe('failed');
    expect(gate(policy([], { analyzers: 'warn' }), { ...nothing, analyzers }).verdict).toBe('warned');
  });
});

describe('a change', () => {
  const changed = rule(share('age'), 'max-change', 0.01);
  const evidence = { ...nothing, analyzers: [missing([of('age', 0.03)])] };

  it('is the difference to the same number of the baseline run', () => {
    const baseline = ranBefore('r1', [of('price', 0), of('age', 0.025)]);
    const result = gate(policy([changed]), { ...evidence, baseline });
    expect(result.verdict).toBe('passed');
    expect(first(result).value).toBeCloseTo(0.005, 12);
    const before = ranBefore('r1', [of('age', 0.015)]);
    expect(gate(policy([changed]), { ...evidence, baseline: before }).verdict).toBe('failed');
  });

  it('is unknown without a baseline, or where the baseline lacks the number', () => {
    expect(first(gate(policy([changed]), evidence)).message).toContain('no baseline run');
    const baseline = ranBefore('r1', []);
    expect(first(gate(policy([changed]), { ...evidence, baseline })).message).toContain('r1 has no');
  });
});

describe('a trend', () => {
  const trend = rule(share('age'), 'max-z', 4);
  it('is the distance in robust standard deviations of the series', () => {
    // Median .01, absolute deviations 0 .001 .001 .002 .002: MAD .001, so z = .02 / .0014826.
    const result = gate(policy([trend]), past([0.01, 0.011, 0.009, 0.012, 0.008]));
    expect(first(result).value).toBeCloseTo(0.02 / 0.0014826, 6);
    expect(result.verdict).toBe('failed');
    expect(gate(policy([trend]), past([0.02, 0.04, 0.03, 0.025, 0.035])).verdict).toBe('passed');
  });

  it('is the change as a share of the median of the series, up or down', () => {
    const rate = rule(share('age'), 'max-change-rate', 0.5);
    const up = gate(policy([rate]), past([0.01, 0.011, 0.009, 0.012, 0.008]));
    expect(first(up).value).toBeCloseTo(2, 12);
    expect(up.verdict).toBe('failed');
    expect(first(gate(policy([rate]), past([0.1, 0.11, 0.09, 0.1, 0.1]))).value).toBeCloseTo(0.7, 12);
    expect(gate(policy([rate]), past([0.02, 0.02, 0.02, 0.03, 0.02])).verdict).toBe('passed');
    expect(first(gate(policy([rate]), past([0, 0, 0, 0.03, 0]))).message).toContain('is 0');
    expect(first(gate(policy([rate]), past([0.03]))).message).toContain('too short');
  });

  it('takes a value that was not given as none only where the run looked for it', () => {
    const absent = new Map([['missing.share', 0]]);
    const unlooked = past([0, 0, 0, 0, 0]);
    const history = unlooked.history.map((run) => ({ ...run, measurements: [], looked: () => false }));
    expect(first(gate(policy([trend]), { ...unlooked, absent, history })).message).toContain('a series of 0');
    const looked = history.map((run) => ({ ...run, looked: () => true }));
    expect(first(gate(policy([trend]), { ...unlooked, absent, history: looked })).message).toContain('do not vary');
  });

  it('is unknown where the series is short or never varied, but not where the value is the usual one', () => {
    expect(first(gate(policy([trend]), past([0.01, 0.02, 0.03, 0.04]))).message).toContain('too short');
    expect(first(gate(policy([trend]), past([0.01, 0.01, 0.01, 0.01, 0.01]))).message).toContain('do not vary');
    expect(gate(policy([trend]), past([0.03, 0.03, 0.03, 0.03, 0.03])).verdict).toBe('passed');
  });
});

describe('an AUC budget', () => {
  it('is broken where a gain lies beyond it, kept where the upper limit lies below, else unknown', () => {
    const states = [gain('a', 0.01, 0.001), gain('a', 0.0002, 0.0005), gain('a', 0.002, 0.001)].map((effect) => {
      const evidence = { ...nothing, analyzers: [ran('a')], effects: [effect] };
      return first(gate(policy([budget('a')]), evidence)).state;
    });
    expect(states).toEqual(['breach', 'within', 'unknown']);
  });

  it('needs every repair within, and names the widest', () => {
    const effects = [gain('a', 0, 0.0005), { ...gain('a', 0.001, 0.001), title: 'the wide one' }];
    const found = first(gate(policy([budget('a')]), { ...nothing, analyzers: [ran('a')], effects }));
    expect(found).toMatchObject({ state: 'unknown', message: expect.stringContaining('the wide one') });
  });

  it('gives the one-sided p of the t distribution', () => {
    // (.01 - .002) / .004 = 2 with 20 df: scipy.stats.t.sf(2, 20) = 0.029632767723285076
    expect(pBeyond(gain('a', 0.01, 0.004), 0.002)).toBeCloseTo(0.0296327677, 9);
  });

  it('is corrected over the checks of a policy: what is a breach alone is none among many', () => {
    const one = { ...gain('a', 0.01, 0.004), title: 'the one' };
    const alone = { ...nothing, analyzers: [ran('a')], effects: [one] };
    expect(first(gate(policy([budget('a')]), alone)).state).toBe('breach');
    const others = Array.from({ length: 9 }, () => gain('a', 0, 0.004));
    expect(first(gate(policy([budget('a')]), { ...alone, effects: [one, ...others] })).state).toBe('unknown');
  });

  it('reads AUC on all evaluation rows only', () => {
    const effects = [
      { ...gain('a', 0.1, 0.001), metric: 'logloss' as const },
      { ...gain('a', 0.1, 0.001), on: 'inner' as const },
      { ...gain('a', 0.1, 0.001), kind: 'sensitivity' as const },
    ];
    const found = first(gate(policy([budget('a')]), { ...nothing, analyzers: [ran('a')], effects }));
    expect(found).toMatchObject({ state: 'within', value: null });
  });

  it.each([
    ['nothing was trained', { trained: false, analyzers: [ran('a')] }, 'no model'],
    ['the detector failed', { analyzers: [{ ...ran('a'), outcome: 'failed', reason: 'no memory' }] }, 'no memory'],
    ['the detector was not run', {}, 'not run'],
    [
      'a repair could not be measured',
      {
        analyzers: [ran('a')],
        unmeasured: [{ kind: 'gain', defect: 'a', arm: 'x', title: 'drop x', reason: 'too few positives' }],
      },
      'too few positives',
    ],
  ] as const)('is unknown where %s', (_, more, words) => {
    const result = gate(policy([budget('a')], { analyzers: 'warn' }), { ...nothing, ...more });
    expect(result.rules.at(-1)).toMatchObject({ state: 'unknown', outcome: 'failed' });
    expect(result.rules.at(-1)!.message).toContain(words);
  });

  it('breaks at a proven gain even where another repair could not be measured', () => {
    const unmeasured = [{ kind: 'gain', defect: 'a', arm: 'x', title: 'drop x', reason: 'thin' }] as const;
    const evidence = { ...nothing, analyzers: [ran('a')], effects: [gain('a', 0.01, 0.001)], unmeasured };
    expect(first(gate(policy([budget('*')]), evidence)).state).toBe('breach');
  });
});
