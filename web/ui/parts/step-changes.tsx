import { useMemo, type ReactElement } from 'react';
import { absent, count, cut, plural, visible } from '../../../reports/format.js';
import { changes, type Changes } from '../../contract/recipe.js';
import { go, Link, pathTo, withQuery } from '../address.js';
import { keepRow, type Draft } from '../recipe-draft.js';
import { useAnswer } from '../use-answer.js';
import { useCells, type NamedCell } from '../use-cells.js';
import { RowCells } from './row-cells.js';
import { Empty, Ready } from './states.js';

const pageSize = 25;
const sorts = [
  ['most', 'Most changed'],
  ['random', 'Random'],
  ['row', 'In file order'],
] as const;

/** Before and after of one step, row by row; a row kept as is becomes an exception of the draft. */
export function StepChanges(props: { id: string; step: number; query: URLSearchParams; draft: Draft }): ReactElement {
  const { id, step, query, draft } = props;
  const sort = sorts.find(([name]) => name === query.get('sort'))?.[0] ?? 'most';
  const offset = Math.max(0, Number(query.get('offset') ?? 0) || 0);
  const asked = new URLSearchParams({ sort, offset: String(offset), limit: String(pageSize) });
  const answer = useAnswer(`/runs/${encodeURIComponent(id)}/recipe/${step}/changes?${asked.toString()}`, changes);
  return (
    <>
      <div className="head">
        <h3>Before and after, row by row</h3>
        <span className="choice" role="group" aria-label="Order of rows">
          {sorts.map(([name, label]) => (
            <button
              key={name}
              type="button"
              aria-pressed={sort === name}
              onClick={() => go(withQuery({ sort: name, offset: null }), true)}
            >
              {label}
            </button>
          ))}
        </span>
      </div>
      <Ready of={answer}>{(found) => <Table key={found.offset} id={id} found={found} draft={draft} />}</Ready>
    </>
  );
}

function Table({ id, found, draft }: { id: string; found: Changes; draft: Draft }): ReactElement {
  // What becomes of a whole row is judged by what stands in it.
  const whole = useMemo(
    () => new Map([[0, found.changes.filter((c) => c.column === null).map((c) => c.rowKey)]]),
    [found],
  );
  const { byRow } = useCells(id, whole);
  if (found.total === 0) return <Empty>No row or cell was changed by this step: a column was, as a whole.</Empty>;
  const last = found.offset + found.changes.length;
  return (
    <>
      <table>
        <caption className="sr">Rows and cells before and after this step</caption>
        <thead>
          <tr>
            {['Row', 'Column', 'Before', 'After'].map((h) => (
              <th key={h} scope="col">
                {h}
              </th>
            ))}
            <th scope="col">
              <span className="sr">Exception</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {found.changes.map((c, i) => (
            <Change
              key={i}
              id={id}
              change={c}
              draft={draft}
              cells={c.column === null ? byRow.get(c.rowKey) : undefined}
            />
          ))}
        </tbody>
      </table>
      <div className="actions">
        <span className="small" role="status">
          {count(found.offset + 1)} to {count(last)} of {count(found.total)}.{' '}
          {draft.exceptions.length === 0
            ? ''
            : `${plural(draft.exceptions.length, 'exception is', 'exceptions are')} saved with the recipe.`}
        </span>
        <button
          type="button"
          disabled={found.offset === 0}
          onClick={() => go(withQuery({ offset: String(Math.max(0, found.offset - pageSize)) }), true)}
        >
          Previous
        </button>
        <button
          type="button"
          disabled={last >= found.total}
          onClick={() => go(withQuery({ offset: String(last) }), true)}
        >
          Next
        </button>
      </div>
    </>
  );
}

function Change(props: {
  id: string;
  change: Changes['changes'][number];
  draft: Draft;
  cells: readonly NamedCell[] | undefined;
}): ReactElement {
  const { id, change, draft, cells } = props;
  const kept = draft.exceptions.some((e) => e.row === change.row);
  const changed = (
    <tr className={cells === undefined ? undefined : 'above-cells'}>
      <th scope="row">
        <Link to={pathTo('runs', id, 'rows', change.rowKey)}>
          <code>{change.row}</code>
        </Link>
      </th>
      <td>{change.column === null ? absent : <code title={visible(change.column)}>{cut(change.column, 24)}</code>}</td>
      <td>{kept ? <strong>{before(change)}, kept by you</strong> : <s>{before(change)}</s>}</td>
      <td>{kept ? absent : <strong className="gain-text">{after(change)}</strong>}</td>
      <td className="number">
        <button type="button" aria-pressed={kept} onClick={() => keepRow(draft, change.row)}>
          {kept ? 'Undo' : 'Keep as is'}
        </button>
      </td>
    </tr>
  );
  if (cells === undefined) return changed;
  return (
    <>
      {changed}
      <tr>
        <td colSpan={5}>
          <RowCells cells={cells} marked={null} />
        </td>
      </tr>
    </>
  );
}

function before({ verb, column, before: value }: Changes['changes'][number]): string {
  if (value !== null) return cut(value, 40);
  if (verb === 'repeat-row') return 'one copy';
  if (verb === 'weight-row') return 'weight 1';
  return column === null ? 'in the data' : 'null';
}

function after({ verb, column, after: value }: Changes['changes'][number]): string {
  if (value !== null) return verb === 'weight-row' ? `weight ${cut(value, 40)}` : cut(value, 40);
  if (verb === 'repeat-row') return 'repeated';
  return column === null ? 'dropped' : 'null';
}
