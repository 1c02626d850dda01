import type { Finding } from './evidence.js';

/** True where two findings are about the same column, by their argument `column`, or one of `columns` of the first. */
export function sameColumn(own: Finding['args'], cause: Finding['args']): boolean {
  const column = cause['column'];
  if (typeof column !== 'string') return false;
  const columns = own['columns'];
  return own['column'] === column || (Array.isArray(columns) && columns.includes(column));
}
