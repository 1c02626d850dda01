import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { stringify } from 'yaml';
import type { Roles } from '../../core/study.js';
import { AssayError } from '../../core/errors.js';
import { openData } from '../open-data.js';
import { withData, withJob, type DataOptions, type JobOptions } from '../options.js';
import { withSession } from '../session.js';

/** `assay init TRAIN`: writes the roles as read, with the reason of each, into `assay.yaml` for the user to edit. */
export function initCommand(): Command {
  const command = new Command('init')
    .description('write assay.yaml with the roles as inferred')
    .argument('<train>', 'file, glob or folder');
  return withJob(withData(command)).action(async (train: string, options: DataOptions & JobOptions) => {
    await withSession(options, async (run) => {
      const { study } = await openData(train, options, run);
      await writeFile('assay.yaml', configText(study.roles), { flag: 'wx' }).catch((cause: unknown) => {
        throw new AssayError('output-exists', { path: 'assay.yaml' }, { cause });
      });
      process.stdout.write('Wrote assay.yaml. Look at the roles, then: assay run\n');
    });
  });
}

/** The config file for the roles of a study: one line a role, with the reason as a comment. */
export function configText(roles: Roles): string {
  const single = ['time', 'user', 'item', 'position', 'group', 'weight'] as const;
  const lines = ['# Roles of the columns; what is left out is inferred again.', 'roles:'];
  if (roles.label !== null) {
    lines.push(entry('label', roles.label.column.name, roles.reasons.label));
    lines.push(entry('positive', roles.label.positive, undefined));
  }
  for (const role of single) {
    const column = roles[role];
    if (column !== null) lines.push(entry(role, column.name, roles.reasons[role]));
  }
  if (roles.key.length > 0)
    lines.push(
      entry(
        'key',
        roles.key.map((c) => c.name),
        roles.reasons.key,
      ),
    );
  const excluded = roles.excluded.map(({ column }) => column.name);
  if (excluded.length > 0) lines.push(entry('exclude', excluded, undefined));
  if (lines.length === 2) lines[1] = 'roles: {}';
  return `${lines.join('\n')}\n`;
}

function entry(role: string, value: string | readonly string[], reason: string | undefined): string {
  const text = stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
  const comment = reason === undefined ? '' : ` # ${reason.replaceAll('\n', ' ')}`;
  return `  ${role}: ${text}${comment}`;
}
