import { stringify } from 'yaml';
import type { Roles } from '../core/study.js';

/** The config file for the roles of a study: one line a role, with the reason as a comment. */
export function configText(roles: Roles): string {
  const single = ['time', 'user', 'item', 'position', 'group', 'weight', 'domain'] as const;
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
