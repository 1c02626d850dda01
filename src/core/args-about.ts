import type { Finding } from './evidence.js';

/** True where a finding is about columns that another one is about too, and about no other. */
export function sameColumn(own: Finding['args'], cause: Finding['args']): boolean {
  const [mine, others] = [columnsOf(own), columnsOf(cause)];
  return mine.length > 0 && mine.every((column) => others.includes(column));
}

/** By the arguments `column`, `column2` and `columns`. */
function columnsOf(args: Finding['args']): readonly string[] {
  return [args['column'], args['column2'], args['columns']].flat().filter((column) => typeof column === 'string');
}
