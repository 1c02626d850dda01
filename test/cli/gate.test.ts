import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { SelfTestRow } from '../../src/gate/self-test.js';
import type { Gate } from '../../src/core/gate.js';
import { shippedPolicies } from '../../src/cli/read-policy.js';
import { selfTestTable } from '../../src/cli/self-test-table.js';
import { assay, fixture, inFolder, type Ended } from './assay.js';
import { withPackage } from './with-package.js';

const churn = fixture('real/telco-churn.csv.gz');

describe('assay gate', () => {
  it('passes, warns and fails by the policy, and says every rule where asked to', async () => {
    await inFolder(async (folder) => {
      const gate = async (rules: string, ...more: string[]): ReturnType<typeof assay> => {
        await writeFile(path.join(folder, 'policy.yaml'), `version: 1\nrules:\n${rules}`);
        return assay(folder, ['gate', churn, '--policy', 'policy.yaml', '--no-train', ...more]);
      };
      const passed = await gate('  - { measurement: duplicates.share, max: .5 }\n', '--explain');
      expect(passed).toMatchObject({ code: 0, out: expect.stringContaining('Passed  duplicates.share: ') });
      const warned = await gate('  - { measurement: missing.null-share, max: 0, level: warn }\n');
      expect(warned).toMatchObject({ code: 2, out: expect.stringContaining('TotalCharges') });
      const failed = await gate('  - { measurement: missing.null-share, column: TotalCharges, max: 0 }\n');
      expect(failed).toMatchObject({ code: 1, out: expect.stringContaining('The gate failed') });
      const untrained = await gate('  - { gain: "*", budget: .002, unknown: warn }\n');
      expect(untrained).toMatchObject({ code: 2, out: expect.stringContaining('no model was trained') });
    });
  });

  it('compares with a baseline run, and gives JUnit, annotations, a marked comment and a step summary', async () => {
    await inFolder(async (folder) => {
      await mkdir(path.join(folder, 'ci'));
      await writeFile(
        path.join(folder, 'ci', 'policy.yaml'),
        'version: 1\nextends: report-only\nbaseline: latest\nrules:\n  - { measurement: missing.null-share, max-change: 0, max: 0 }\n',
      );
      expect((await assay(folder, ['audit', churn, '--quiet', '--only', 'missing'])).code).toBe(0);
      const summary = path.join(folder, 'summary.md');
      const format = async (name: string): Promise<string> => {
        const args = ['gate', churn, '--policy', 'ci/policy.yaml', '--no-train', '--format', name];
        const { code, out } = await assay(folder, args, { env: { GITHUB_STEP_SUMMARY: summary } });
        expect(code).toBe(1);
        return out;
      };
      const junit = await format('junit');
      expect(junit).toContain('<testsuite name="assay gate policy"');
      expect(junit).toContain('<failure message="missing.null-share: ');
      expect(junit).toMatch(/testcase name="missing.null-share max-change"[^>]*>\s*<system-out>/);
      expect(await format('github')).toMatch(/^::error title=Assay%3A telco-churn.csv.gz::missing\.null-share: /m);
      expect(await format('markdown')).toContain('<!-- assay-gate -->');
      expect((await readFile(summary, 'utf8')).split('<!-- assay-gate -->')).toHaveLength(4);
    });
  });

  it.each([
    ['an unknown measurement', 'rules:\n  - { measurement: missing.nul-share, max: 0 }', '3:7', '"missing.null-share"'],
    ['a negative budget', 'rules:\n  - gain: "*"\n    budget: -.002', '4:5', '0 or more'],
    ['a tab', 'rules:\n\t- { gain: "*", budget: 0 }', '3:1', 'Tabs'],
    ['a duplicate key', 'rules:\n  - gain: "*"\n    budget: 0\n    budget: 1', '5:5', 'unique'],
    ['an unknown key', 'rules:\n  - { gain: "*", budgt: 0 }', '3:18', '"budget"'],
    [
      'an expired exemption',
      'rules:\n  - { gain: "*", budget: 0 }\nexemptions:\n  - { rule: "gain:*", until: 2026-01-31, reason: x }',
      '5:23',
      'expired on 2026-01-31',
    ],
    [
      'an exemption of another name',
      'rules:\n  - { gain: "*", budget: 0 }\nexemptions:\n  - { rule: "gan:*", until: 2099-01-31, reason: x }',
      '5:7',
      '"gain:*"',
    ],
  ])('refuses %s with exit code 3, line, column and what would be right', async (_, text, place, words) => {
    await inFolder(async (folder) => {
      await writeFile(path.join(folder, 'policy.yaml'), `version: 1\n${text}\n`);
      const { code, out, err } = await assay(folder, ['gate', churn, '--policy', 'policy.yaml', '--no-train']);
      expect({ code, out }).toEqual({ code: 3, out: '' });
      expect(err).toContain(`assay: policy.yaml:${place}: `);
      expect(err).toContain(words);
    });
  });

  it('refuses a policy that is not there', async () => {
    await inFolder(async (folder) => {
      expect((await assay(folder, ['gate', churn, '--policy', 'nowhere.yaml'])).code).toBe(3);
    });
  });

  it('holds a measurement against the runs before: its robust z, and its change as a rate', async () => {
    await inFolder(async (folder) => {
      const days = [3, 4, 2, 3, 5, 20].map((nulls) => {
        const rows = Array.from({ length: 100 }, (_, i) => `${i % 4 === 0 ? 1 : 0},${i < nulls ? '' : i % 9}`);
        return `click,age\n${rows.join('\n')}\n`;
      });
      const rule = '{ measurement: missing.null-share, column: age, max-z: 4, max-change-rate: .8 }';
      await writeFile(path.join(folder, 'policy.yaml'), `version: 1\nunknown: warn\nrules:\n  - ${rule}\n`);
      const ends: Ended[] = [];
      for (const text of days) {
        await writeFile(path.join(folder, 'day.csv'), text);
        ends.push(await assay(folder, ['gate', 'day.csv', '--policy', 'policy.yaml', '--no-train', '--explain']));
      }
      // Five runs make a series; .03 is its median, .2 is 11.5 robust deviations and 5.67 medians away.
      expect(ends.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 1]);
      const said = ends.map(({ out }) => out.replaceAll(/\s+/g, ' '));
      expect(said[0]).toContain('a series of 0 earlier runs is too short; 5 are needed');
      expect(said[5]).toContain('missing.null-share@age: 11.5 against a robust z of at most 4');
      expect(said[5]).toContain('missing.null-share@age: 5.67 against a change rate of at most 0.8');
    });
  });

  it('judges by each policy as shipped', async () => {
    await inFolder(async (folder) => {
      for (const name of shippedPolicies) {
        const ended = await assay(folder, ['gate', churn, '--policy', name, '--no-train', '--format', 'json']);
        const { gate, verdict }: { gate: Gate; verdict: { sentence: string } } = JSON.parse(ended.out);
        expect(gate.policy).toBe(name);
        expect(verdict.sentence).toMatch(/No model was trained, so nothing is known about AUC\.$/);
        expect(verdict.sentence).not.toContain('Nothing was found');
        expect(gate.rules.find(({ rule }) => rule === 'gain:*')?.state).toBe('unknown');
        expect(gate.rules.filter(({ state }) => state !== 'unknown').length).toBeGreaterThanOrEqual(3);
        expect(ended.code).toBe(name === 'report-only' ? 2 : 1);
      }
    });
  });
});

describe('assay init', () => {
  it('writes workflows for GitHub and GitLab whose commands run as they stand', async () => {
    await withPackage(async (folder) => {
      const data = `my "train" $HOME.csv`;
      await copyFile(fixture('tiny/clicks.csv'), path.join(folder, data));
      const run = async (server: string, file: string): Promise<string> => {
        expect((await assay(folder, ['init', data, '--ci', server])).code).toBe(0);
        const workflow: Workflow = parse(await readFile(path.join(folder, file), 'utf8'));
        const job = workflow.jobs?.gate ?? workflow['training-set']!;
        const [command, ...more] = job.script ?? job.steps!.flatMap((step) => step.run ?? []);
        expect(more).toEqual([]);
        const env = { ...process.env, ...(job.env ?? job.variables), npm_config_offline: 'true' };
        const { status, stdout, stderr } = spawnSync('sh', ['-ec', command!], { cwd: folder, env, encoding: 'utf8' });
        // So few rows resolve no AUC: that rule is unknown, and unknown fails.
        expect({ status, stderr: /Error|assay:|npm/.exec(stderr) }).toEqual({ status: 1, stderr: null });
        return stdout;
      };
      expect(await run('github', '.github/workflows/assay.yml')).toMatch(
        /^::error title=Assay[^\n]*::gain:\*: not known/,
      );
      expect(await run('gitlab', '.gitlab-ci.yml')).toBe('');
      expect(await readFile(path.join(folder, 'assay-gate.xml'), 'utf8')).toContain('name="assay gate default"');
      expect((await assay(folder, ['init', data, '--ci', 'github'])).code).toBe(3);
    });
  });

  it('trains nothing with --no-train, not even what one of many measurements of a detector takes', async () => {
    await inFolder(async (folder) => {
      const rows = Array.from({ length: 600 }, (_, i) => `${i % 2},${(i * 37) % 600},${i % 3 === 0 ? '' : i % 7}`);
      await writeFile(path.join(folder, 'day.csv'), `label,a,b\n${rows.join('\n')}\n`);
      const rules = ['missing.predicted-auc, max: .9', 'missing.label-auc, max: .9', 'missing.null-share, max: .9'];
      const policy = `version: 1\nrules:\n${rules.map((rule) => `  - { measurement: ${rule} }\n`).join('')}`;
      await writeFile(path.join(folder, 'policy.yaml'), policy);
      const gate = ['gate', 'day.csv', '--policy', 'policy.yaml', '--label', 'label', '--only', 'missing', '--explain'];
      const looked = await assay(folder, [...gate, '--no-train']);
      const said = looked.out.replaceAll(/\s+/g, ' ');
      expect(said).toContain('the audit gives no missing.predicted-auc');
      expect(said).toMatch(/Passed missing.label-auc/);
      expect((await assay(folder, gate)).out).toMatch(/Passed {2}missing.predicted-auc/);
    });
  });

  it('proposes a policy from the newest run, which that data then passes', async () => {
    await inFolder(async (folder) => {
      expect((await assay(folder, ['init', churn, '--policy'])).code).toBe(3);
      await assay(folder, ['audit', churn, '--quiet', '--only', 'missing']);
      expect((await assay(folder, ['init', churn, '--policy'])).code).toBe(0);
      const text = await readFile(path.join(folder, 'policy.yaml'), 'utf8');
      expect(text).toContain(
        '{ measurement: missing.null-share, column: TotalCharges, max: 0.0024, level: warn } # today 0.00156',
      );
      const ended = await assay(folder, ['gate', churn, '--policy', 'policy.yaml', '--no-train', '--explain']);
      expect(ended.out).toMatch(/Passed {2}missing.null-share@TotalCharges/);
    });
  });
});

interface Job {
  readonly env?: Record<string, string>;
  readonly variables?: Record<string, string>;
  readonly script?: readonly string[];
  readonly steps?: readonly { readonly run?: string }[];
}

interface Workflow {
  readonly jobs?: { readonly gate: Job };
  readonly 'training-set'?: Job;
}

describe('assay gate --self-test', () => {
  it('plants damage in the data itself and says which dose the policy catches, and which it never does', async () => {
    await inFolder(async (folder) => {
      const policy = 'version: 1\nrules:\n  - { measurement: duplicates.share, max: .03 }\n';
      await writeFile(path.join(folder, 'policy.yaml'), policy);
      const args = ['gate', churn, '--policy', 'policy.yaml', '--self-test', '--only', 'duplicates,missing'];
      const { code, out } = await assay(folder, [...args, '--format', 'json']);
      expect(code).toBe(0);
      const rows: readonly SelfTestRow[] = JSON.parse(out);
      const of = (mechanism: string): SelfTestRow => rows.find((row) => row.mechanism === mechanism)!;
      // .3% of the rows repeat one as they are; 2% more stay below 3%, 5% more do not.
      expect(of('exact-copies')).toMatchObject({ caught: { dose: 0.05, rule: 'duplicates.share' }, gap: false });
      expect(of('mcar')).toMatchObject({ caught: null, costs: null });
      expect(of('mcar').reported).toBeLessThanOrEqual(0.05);
      expect(selfTestTable('policy', rows)).toContain(
        `Policy policy catches ${rows.filter((r) => r.caught !== null).length} of ${rows.length} `,
      );
    });
  });
});
