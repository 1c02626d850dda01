import type { ReactElement } from 'react';
import { count, plural } from '../../../reports/format.js';
import { ColumnHead, ColumnRow } from '../../../reports/renderers/html/columns-section.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import { columns, type Columns } from '../../contract/columns.js';
import { go, withQuery } from '../address.js';
import { Crumbs } from '../parts/crumbs.js';
import { Empty, Ready } from '../parts/states.js';
import { useAnswer } from '../use-answer.js';

const pageSize = 100;

/** The columns of a run, a hundred at a time, those that need a look first. */
export function ColumnsPage({ id, query }: { id: string; query: URLSearchParams }): ReactElement {
  const text = query.get('text') ?? '';
  const look = query.get('look') === 'true';
  const offset = Math.max(0, Number(query.get('offset') ?? 0) || 0);
  const asked = new URLSearchParams({ text, look: String(look), offset: String(offset), limit: String(pageSize) });
  const answer = useAnswer(`/runs/${encodeURIComponent(id)}/columns?${asked.toString()}`, columns);
  return (
    <>
      <Crumbs run={id}>Columns</Crumbs>
      <h1>Columns, those that need a look first</h1>
      <div className="filter open">
        <input
          type="search"
          aria-label="Filter columns by name or type"
          placeholder="Filter by name or type"
          value={text}
          onChange={(e) => set({ text: e.target.value === '' ? null : e.target.value })}
        />
        <button type="button" aria-pressed={look} onClick={() => set({ look: look ? null : 'true' })}>
          Needs a look
        </button>
      </div>
      <Ready of={answer}>{(found) => <Table found={found} />}</Ready>
    </>
  );
}

function set(values: Readonly<Record<string, string | null>>): void {
  go(withQuery({ offset: null, ...values }), true);
}

function Table({ found }: { found: Columns }): ReactElement {
  if (found.total === 0) return <Empty>No column matches: 0 of {plural(found.all, 'column')}.</Empty>;
  const last = found.offset + found.columns.length;
  return (
    <Panel label="Columns">
      <table className="columns">
        <caption className="sr">Columns with type, nulls, drift, single-feature AUC and distribution</caption>
        <ColumnHead psi={found.psi} />
        <tbody>
          {found.columns.map((c, i) => (
            <ColumnRow key={found.offset + i} column={c} psi={found.psi} />
          ))}
        </tbody>
      </table>
      <div className="actions">
        <span className="small" role="status">
          {count(found.offset + 1)} to {count(last)} of {plural(found.total, 'column')}
        </span>
        <button
          type="button"
          disabled={found.offset === 0}
          onClick={() => set({ offset: String(Math.max(0, found.offset - pageSize)) })}
        >
          Previous
        </button>
        <button type="button" disabled={last >= found.total} onClick={() => set({ offset: String(last) })}>
          Next
        </button>
      </div>
    </Panel>
  );
}
