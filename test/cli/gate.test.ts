import { spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { SelfTestRow } from '../../src/gate/self-test.js';
import { assay, fixture, inFolder, main } from './assay.js';

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

  it('refuses a policy it cannot read, with line and column', async () => {
    await inFolder(async (folder) => {
      await writeFile(
        path.join(folder, 'policy.yaml'),
        'version: 1\nrules:\n  - { measurement: missing.nul-share, max: 0 }\n',
      );
      const ended = await assay(folder, ['gate', churn, '--policy', 'policy.yaml', '--no-train']);
      expect(ended.code).toBe(3);
      expect(ended.err).toContain('policy.yaml:3:');
      expect(ended.err).toContain('did you mean "missing.null-share"?');
      expect((await assay(folder, ['gate', churn, '--policy', 'nowhere.yaml'])).code).toBe(3);
    });
  });
});

describe('assay init', () => {
  it.each(['github', 'gitlab'])('writes a workflow for %s whose commands run as they stand', async (server) => {
    await inFolder(async (folder) => {
      const data = `my "train" $HOME.csv.gz`;
      await copyFile(churn, path.join(folder, data));
      expect((await assay(folder, ['init', data, '--ci', server])).code).toBe(0);
      const file = server === 'github' ? '.github/workflows/assay.yml' : '.gitlab-ci.yml';
      const workflow: Workflow = parse(await readFile(path.join(folder, file), 'utf8'));
      const job = workflow.jobs?.gate ?? workflow['training-set']!;
      const commands = job.script ?? job.steps!.flatMap((step) => step.run ?? []);
      expect(commands).toHaveLength(1);
      // The registry is not asked: an npx of our own runs the built package that the command names.
      await writeFile(
        path.join(folder, 'npx'),
        `#!/bin/sh\nshift 4\nexec "${process.execPath}" "${main}" "$@" --no-train\n`,
      );
      await chmod(path.join(folder, 'npx'), 0o755);
      const env = { ...process.env, ...(job.env ?? job.variables), PATH: `${folder}:${process.env['PATH']}` };
      const { status, stderr } = spawnSync('sh', ['-ec', commands[0]!], { cwd: folder, env, encoding: 'utf8' });
      // Without a model its AUC rules are unknown, and unknown fails.
      expect({ status, stderr: /Error|assay:/.exec(stderr) }).toEqual({ status: 1, stderr: null });
      const junit = await readFile(path.join(folder, 'assay-gate.xml'), 'utf8').catch(() => null);
      expect(junit?.includes('<testsuite name="assay gate default"') ?? false).toBe(server === 'gitlab');
      expect((await assay(folder, ['init', data, '--ci', server])).code).toBe(3);
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
      expect((await assay(folder, args)).out).toContain('Policy policy catches ');
    });
  });
});
