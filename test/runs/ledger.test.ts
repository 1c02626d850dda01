import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ChainStep } from '../../src/core/effect.js';
import type { GateRule } from '../../src/core/gate.js';
import type { Report } from '../../reports/model.js';
import { golden } from '../../fixtures/golden/report.js';
import { defects } from '../../analyzers/index.js';
import { parseRecipe } from '../../src/cleaning/recipe/parse.js';
import { parsePolicy } from '../../src/gate/parse-policy.js';
import { ledgerOf, type LedgerRun } from '../../src/runs/ledger/ledger.js';
import { retire } from '../../src/runs/ledger/retire.js';
import { assay, inFolder } from '../cli/assay.js';

/** A repair as one run tried it. */
function tried(repair: string, decision: ChainStep['decision'], gain: number): ChainStep {
  const limits = { value: gain, low: gain - 0.002, high: gain + 0.002 };
  return { defect: 'duplicates', repair, title: repair, decision, gain: limits, seeds: 4, units: 10, reason: '' };
}

function judged(rule: string, bound: GateRule['bound'], state: GateRule['state']): GateRule {
  const outcome = state === 'breach' ? 'failed' : 'passed';
  return { rule, bound, state, outcome, level: 'fail', limit: 0, value: 0, low: null, high: null, message: rule };
}

/** A run in which one repair always pays, one never does, and one rule found something `ago` runs ago. */
function run(ago: number, id: string = `r${ago}`, holds = true): LedgerRun & { readonly report: Report } {
  const steps = [tried('pays', 'accepted', 0.01), tried('never', 'not-resolved', 0.0001 * (ago + 1))];
  const rules = [
    judged('missing.null-share@user, "age"', 'max', ago === 2 ? 'breach' : 'within'),
    judged('conflicts.share', 'max', 'within'),
    judged('conflicts.share', 'max-z', ago === 0 ? 'breach' : 'unknown'),
    judged('gain:drift', 'budget', 'within'),
  ];
  const cleaning = { ...golden.cleaning!, steps, proof: { ...golden.cleaning!.proof!, holds } };
  const report = { ...golden, cleaning, gate: { policy: 'p', verdict: 'passed', rules } } as const;
  return { id, seconds: 100, trainings: 40, report };
}

const runs = [run(0), run(1), run(2), run(3)];

const policyText = `# Week 40
version: 1
rules:
  # The app sends no age on some days.
  - { measurement: missing.null-share, column: 'user, "age"', max: .02 }
  - measurement: conflicts.share # several limits
    max: .01
    max-z: 4

  - { gain: drift, budget: .002, level: warn }
exemptions:
  - { rule: "gain:drift", until: 2099-01-01, reason: known }
`;

const recipeText = `version: 1
made: { assay: 0.1.0, source: abc, rows: 100 }
label: click
weight: null
steps:
  - defect: duplicates
    repair: pays
    title: drop copies
    strength: null
    acceptedBy: chain
    evidence: null
    plan:
      - { id: 1, code: a, verb: drop-column, column: x }
  # 2. drop y
  - defect: duplicates
    repair: never
    title: drop y
    strength: null
    acceptedBy: chain
    evidence: null
    plan:
      - { id: 2, code: b, verb: drop-column, column: y }
exceptions: []
rejected: []
`;

const world = {
  defects,
  today: '2026-05-01',
  read: (): Promise<never> => Promise.reject(new Error('nothing is extended')),
};

function idle(last: number): readonly string[] {
  return ledgerOf(runs, last).flatMap((line) => (line.idle ? line.strategy.name : []));
}

describe('the ledger', () => {
  it('sums what each repair and rule brought, repairs by gain first', () => {
    const lines = ledgerOf(runs, 3);
    expect(lines.map(({ strategy }) => strategy.name)).toEqual([
      'duplicates/pays',
      'duplicates/never',
      'conflicts.share max-z',
      'missing.null-share@user, "age" max',
      'conflicts.share max',
      'gain:drift budget',
    ]);
    expect(lines[0]).toMatchObject({ proposed: 4, accepted: 4, paid: 4, units: 40, seconds: 40, idle: false });
    expect(lines[1]).toMatchObject({ proposed: 4, accepted: 0, paid: 0, units: 0, idle: true });
    expect(lines[1]!.gain!.value).toBeCloseTo(0.00025, 12);
    expect(lines[1]!.gain!.low).toBeCloseTo(0.00025 - 0.002, 12);
    expect(lines[2]).toMatchObject({ proposed: 4, accepted: 1, paid: 1, gain: null, seconds: null });
  });

  it('calls idle what did not pay in its last tries, and nothing that had fewer', () => {
    expect(idle(2)).toEqual([
      'duplicates/never',
      'missing.null-share@user, "age" max',
      'conflicts.share max',
      'gain:drift budget',
    ]);
    expect(idle(3)).toEqual(['duplicates/never', 'conflicts.share max', 'gain:drift budget']);
    expect(idle(5)).toEqual([]);
  });

  it('counts an accepted repair as paid only where the proof of its recipe holds', () => {
    const [line] = ledgerOf([run(0, 'a', false), run(1, 'b', false)], 2);
    expect(line).toMatchObject({ accepted: 2, paid: 0, idle: true });
  });
});

describe('what is retired', () => {
  it('stays as a comment with its reason; an entry goes with all its limits, an exemption with its rule', async () => {
    const { text, retired } = retire('policy.yaml', policyText, ledgerOf(runs, 3), 3);
    expect(retired).toEqual(['rule gain:drift budget']);
    expect(text).toContain(
      '  # retired: rule gain:drift budget did not pay in its last 3 runs\n  # - { gain: drift, budget: .002, level: warn }\n',
    );
    expect(text).toContain('exemptions: []\n  # retired with its rule\n  # - { rule: "gain:drift"');
    const kept = policyText.split('\n').filter((line) => !line.includes('gain') && !line.startsWith('exemptions'));
    for (const line of kept) expect(text.split('\n')).toContain(line);
    const policy = await parsePolicy('policy.yaml', text, world);
    expect(policy.rules.map(({ bound }) => bound)).toEqual(['max', 'max', 'max-z']);
  });

  it('leaves a recipe that still reads, even an empty one', () => {
    const { text } = retire('recipe.yaml', recipeText, ledgerOf(runs, 3), 3);
    expect(parseRecipe('recipe.yaml', text).recipe.steps.map(({ repair }) => repair)).toEqual(['pays']);
    const never = runs.map(({ id }, i) => run(i, id, false));
    const emptied = retire('recipe.yaml', recipeText, ledgerOf(never, 3), 3);
    expect(emptied.retired).toEqual(['repair duplicates/pays', 'repair duplicates/never']);
    expect(parseRecipe('recipe.yaml', emptied.text).recipe.steps).toEqual([]);
  });

  it('is refused where the entries share a line', () => {
    const text = 'version: 1\nrules: [{ gain: drift, budget: .002 }]\n';
    expect(() => retire('policy.yaml', text, ledgerOf(runs, 3), 3)).toThrow('policy.yaml:2:8: rules must be a list');
  });
});

describe('assay runs --ledger', () => {
  it('ranks the runs of a folder, and writes the reviewed file once, never over another', async () => {
    await inFolder(async (folder) => {
      for (const [i, { report, seconds, trainings }] of runs.entries()) {
        const id = `2026010${9 - i}-000000-0000`;
        const into = path.join(folder, '.assay', 'runs', id);
        await mkdir(into, { recursive: true });
        const head = { id, command: 'run', name: 'clicks', version: '0.1.0', startedAt: '2026-01-01T00:00:00Z' };
        const record = {
          ...head,
          seconds,
          seed: 1,
          threads: 2,
          files: [],
          split: null,
          outerOpened: true,
          plan: null,
          trainings,
        };
        await writeFile(path.join(into, 'run.json'), JSON.stringify(record));
        await writeFile(path.join(into, 'report.json'), JSON.stringify(report));
      }
      await writeFile(path.join(folder, 'policy.yaml'), policyText);
      const args = ['runs', '--ledger', '--last', '3'];
      const ended = await assay(folder, [...args, '--retire', 'policy.yaml']);
      expect(ended).toMatchObject({ code: 0, err: expect.stringContaining('Wrote policy.retired.yaml') });
      expect(ended.out).toMatch(/^repair duplicates\/pays +0\.0100 \[0\.0080, 0\.0120\] +4 +4 +4 +40 +40\.0$/m);
      expect(ended.out).toContain(
        'Not paid in their last 3: duplicates/never, conflicts.share max, gain:drift budget.',
      );
      expect(await readFile(path.join(folder, 'policy.yaml'), 'utf8')).toBe(policyText);
      expect((await assay(folder, [...args, '--retire', 'policy.yaml'])).code).toBe(3);
      expect(JSON.parse((await assay(folder, [...args, '--format', 'json'])).out)).toHaveLength(6);
    });
  });
});
