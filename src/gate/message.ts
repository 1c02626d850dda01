import type { Exemption, Rule } from './policy.js';
import type { RuleFinding } from './finding.js';
import { ruleName } from './policy.js';

/** What a rule came to in words, the same form whether it passes or not: value against limit, and where. */
export function messageOf(rule: Rule, found: RuleFinding, exempt: Exemption | undefined): string {
  const until = exempt === undefined ? '' : `; exempt until ${exempt.until}: ${exempt.reason}`;
  if (found.value === null && found.state === 'unknown')
    return `${ruleName(rule)}: not known, ${found.note.replace(/\.$/, '')}${until}.`;
  if (found.value === null) return `${ruleName(rule)}: ${found.note}, ${limitOf(rule)}.`;
  const limits = found.low === null || found.high === null ? '' : ` [${plain(found.low)}, ${plain(found.high)}]`;
  const where = found.note === '' ? '' : ` (${found.note})`;
  const open = found.state === 'unknown' ? ', not resolved' : '';
  return `${ruleName(rule)}: ${plain(found.value)}${limits} against ${limitOf(rule)}${open}${where}${until}.`;
}

function limitOf({ bound, limit }: Rule): string {
  const words = {
    max: 'at most',
    min: 'at least',
    'max-change': 'a change of at most',
    'max-z': 'a robust z of at most',
    'max-change-rate': 'a change rate of at most',
    budget: 'a budget of',
  } as const;
  return `${words[bound]} ${plain(limit)}`;
}

function plain(value: number): string {
  return String(Number(value.toPrecision(3)));
}
