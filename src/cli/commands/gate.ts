import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import type { Defect, Wanted } from '../../core/defect.js';
import type { Policy } from '../../gate/policy.js';
import type { Report } from '../../../reports/model.js';
import { gateExit } from '../../core/gate.js';
import { renderMarkdown } from '../../../reports/renderers/markdown.js';
import { selfTest } from '../../gate/self-test.js';
import { absentValues, newestCurves } from '../../runs/gate.js';
import { runJob } from '../../runs/job.js';
import { openData } from '../open-data.js';
import { withBudget, withData, withJob, type BudgetOptions, type DataOptions, type JobOptions } from '../options.js';
import { print } from '../print.js';
import { readPolicy } from '../read-policy.js';
import { selfTestTable } from '../self-test-table.js';
import { withSession } from '../session.js';

type GateOptions = DataOptions &
  JobOptions &
  Omit<BudgetOptions, 'plan'> & {
    readonly policy: string;
    readonly baseline?: string;
    readonly train: boolean;
    readonly explain?: boolean;
    readonly selfTest?: boolean;
  };

/** `assay gate TRAIN`: the verdict of a policy as exit code: 0 passed, 1 failed, 2 warned. */
export function gateCommand(): Command {
  const command = new Command('gate')
    .description('pass or fail a training set by a policy; the exit code says which')
    .argument('<train>', 'file, glob or folder')
    .option('--policy <file>', 'policy file, or default, strict, report-only', 'default')
    .option('--baseline <run>', 'run that changes are measured against: id, folder or latest')
    .option('--no-train', 'measurement rules only, in seconds; rules in AUC are then unknown')
    .option('--self-test', 'plant each defect at growing doses in this data and print which the policy catches')
    .option('--explain', 'print the rules that pass, too');
  return withBudget(withJob(withData(command))).action((train: string, options: GateOptions) =>
    execute(train, options),
  );
}

async function execute(train: string, options: GateOptions): Promise<void> {
  const startedAt = new Date();
  const read = await readPolicy(options.policy, startedAt);
  const policy = options.baseline === undefined ? read : { ...read, baseline: options.baseline };
  if (options.selfTest === true) return testPolicy(train, policy, options);
  const depth = options.train && policy.rules.some((rule) => rule.bound === 'budget') ? 'ablate' : 'audit';
  const { report } = await withSession(options, async (run) => {
    const opened = await openData(train, options, run);
    const asked = options.train ? null : measurementsOf(policy, untrained(opened.defects));
    const defects = asked === null ? opened.defects : lookedAt(opened.defects, asked);
    const { out, budget, seed } = options;
    const job = {
      ...opened,
      defects,
      depth,
      command: 'gate',
      out,
      startedAt,
      budget,
      replay: null,
      planOnly: false,
      seed,
      policy,
      ...(asked === null ? {} : { wanted: asked }),
    } as const;
    return runJob(job, run);
  });
  if (report?.gate === undefined) return;
  await print(report, { format: options.format, quiet: options.quiet === true, explain: options.explain === true });
  await summarize(report);
  process.exitCode = gateExit[report.gate.verdict];
}

/** Without `--no-train`, detectors that train are tried too. The curves are those of the newest run on this data. */
async function testPolicy(train: string, policy: Policy, options: GateOptions): Promise<void> {
  const curves = await newestCurves(path.basename(train), options.out);
  const rows = await withSession(options, async (run) => {
    const opened = await openData(train, options, run);
    const defects = options.train ? opened.defects : opened.defects.filter((defect) => !defect.trains);
    const wanted = options.train ? {} : { wanted: untrained(defects) };
    return selfTest(opened.study, { policy, defects, absent: absentValues(defects), curves, ...wanted }, run);
  });
  const asJson = options.format === 'json';
  process.stdout.write(asJson ? `${JSON.stringify(rows, null, 2)}\n` : selfTestTable(policy.name, rows));
}

/** The measurements that rules of a policy name, out of some. */
function measurementsOf({ rules }: Policy, some: Wanted): Wanted {
  const named = rules.flatMap(({ on }) => (on.kind === 'measurement' ? [on.name] : []));
  return new Set(named.filter((name) => some.has(name)));
}

/** Every measurement that takes no training. */
function untrained(defects: readonly Defect[]): Wanted {
  const free = defects.filter(({ trains }) => !trains);
  return new Set(
    free.flatMap(({ id, measures }) =>
      Object.entries(measures).flatMap(([measure, { trains }]) => (trains === true ? [] : [`${id}.${measure}`])),
    ),
  );
}

/** Defects that give one of the measurements. */
function lookedAt(defects: readonly Defect[], asked: Wanted): readonly Defect[] {
  return defects.filter(({ id, measures }) => Object.keys(measures).some((measure) => asked.has(`${id}.${measure}`)));
}

/** GitHub shows what is appended to the file it names here as the summary of the step. */
async function summarize(report: Report): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (file !== undefined && file !== '') await appendFile(file, renderMarkdown(report));
}
