import type { Query } from '../../../core/engine.js';

/** A view of many columns and what each of them is made of. */
export interface WideView {
  readonly name: string;
  /** Column id to its expression over {@link WideView.from}, `k` among them. */
  readonly columns: ReadonlyMap<string, string>;
  readonly from: string;
  readonly rows: number;
}

/** Views of fewer columns are bound fast enough. */
export const wideFrom = 200;
/** Cells that selects over one view share; of more, each select scans its own columns. */
const mostShared = 200_000_000;

/**
 * The query with only those columns of wide views that it names: a view of 5,000 columns takes .3 s to bind each time
 * that a statement reads it, however few columns are asked for. Each view is told once, in front, under its own name, so
 * that many selects over it are planned once and share one scan. A statement that may show every column is left as it is.
 */
export function narrowed(query: Query, views: Iterable<WideView>): Query {
  const needed = [...views].filter((view) => reads(query.sql, view.name) && !mayShowAll(query.sql, view.name));
  if (needed.length === 0) return query;
  const words = new Set(query.sql.match(/\bk\b|\bc\d+\b/g));
  const narrow = needed.map(({ name, columns, from, rows }) => {
    const named = [...columns].filter(([id]) => words.has(id) || id === 'k');
    const shared = rows * named.length <= mostShared ? '' : 'NOT MATERIALIZED ';
    return `${name} AS ${shared}(SELECT ${named.map(([id, made]) => `${made} AS ${id}`).join(', ')} FROM ${from})`;
  });
  const own = /^\s*WITH\s/i.exec(query.sql);
  const rest = own === null ? ` ${query.sql}` : `, ${query.sql.slice(own[0].length)}`;
  return { ...query, sql: `WITH ${narrow.join(', ')}${rest}` };
}

function reads(sql: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(sql);
}

/** A star before `FROM name`, in a list that may end there, or any other way to mean every column. */
function mayShowAll(sql: string, name: string): boolean {
  return new RegExp(`\\*(,[^]*)?\\s+FROM\\s+${name}\\b|\\.\\*|\\bCOLUMNS\\(|^\\s*WITH\\s+RECURSIVE\\b`, 'i').test(sql);
}
