import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, Option } from 'commander';
import { parseReport } from '../../../reports/schema.js';
import { AssayError } from '../../core/errors.js';
import { version } from '../../core/version.js';
import { proposePolicy } from '../../gate/propose-policy.js';
import { listRuns } from '../../runs/history.js';
import { ciFiles, ciWorkflow, type CiServer } from '../ci-workflow.js';
import { configText } from '../config-text.js';
import { openData } from '../open-data.js';
import { withData, withJob, type DataOptions, type JobOptions } from '../options.js';
import { withSession } from '../session.js';

type InitOptions = DataOptions & JobOptions & { readonly policy?: boolean; readonly ci?: CiServer };

/** `assay init TRAIN`: writes files for the user to edit: the roles as read, a policy, or a workflow. */
export function initCommand(): Command {
  const command = new Command('init')
    .description('write assay.yaml with the roles as inferred; or a policy, or a workflow for CI')
    .argument('<train>', 'file, glob or folder')
    .option('--policy', 'write policy.yaml instead, proposed from the newest run on this data')
    .addOption(
      new Option('--ci <server>', 'write a workflow that runs the gate instead').choices(Object.keys(ciFiles)),
    );
  return withJob(withData(command)).action((train: string, options: InitOptions) => {
    if (options.ci !== undefined) return initCi(train, options.ci);
    return options.policy === true ? initPolicy(train, options) : initConfig(train, options);
  });
}

async function initConfig(train: string, options: InitOptions): Promise<void> {
  await withSession(options, async (run) => {
    const { study } = await openData(train, options, run);
    await create('assay.yaml', configText(study.roles));
    process.stdout.write('Wrote assay.yaml. Look at the roles, then: assay run\n');
  });
}

async function initPolicy(train: string, { out }: InitOptions): Promise<void> {
  const name = path.basename(train);
  const newest = (await listRuns(out)).find(({ record }) => record.name === name && record.wanted === undefined);
  if (newest === undefined) throw new AssayError('run-not-found', { id: name, folder: out });
  const report = parseReport(JSON.parse(await readFile(path.join(newest.folder, 'report.json'), 'utf8')));
  const measurements = report.defects.flatMap((defect) => defect.measurements);
  await create('policy.yaml', proposePolicy({ run: newest.record.id, measurements, curves: report.curves }));
  process.stdout.write(`Wrote policy.yaml. Look at the limits, then: assay gate ${train} --policy policy.yaml\n`);
}

async function initCi(train: string, server: CiServer): Promise<void> {
  const file = ciFiles[server];
  await mkdir(path.dirname(file), { recursive: true });
  await create(file, ciWorkflow(server, train, 'default', version));
  process.stdout.write(`Wrote ${file}. It gates ${train} by the default policy.\n`);
}

/** Never over a file that is there. */
async function create(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EEXIST') throw new AssayError('output-exists', { path: file }, { cause });
    throw new AssayError('output-unwritable', { path: file, reason: cause.message }, { cause });
  });
}
