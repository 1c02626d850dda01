import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { absent, count, cut, two, visible } from '../../../reports/format.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import { findingRows, type FindingRows, type FlaggedUnit } from '../../contract/findings.js';
import { go, Link, pathTo, withQuery } from '../address.js';
import { ask, problemOf } from '../api.js';
import { useAnswer } from '../use-answer.js';
import { useCells, type NamedCell } from '../use-cells.js';
import { useKeys } from '../use-keys.js';
import { RowCells } from './row-cells.js';
import { Empty, Loading, Problem, withoutData } from './states.js';

const pageSize = 100;
/** A line for what was found, and one for the cells of the row. */
const rowHeight = 48;

/** Flagged units, drawn as far as they are in sight and asked for a hundred at a time. */
export function FindingGrid(props: { id: string; defect: string; query: URLSearchParams }): ReactElement {
  const { id, defect, query } = props;
  const [sort, order] = [query.get('sort') === 'row' ? 'row' : 'score', query.get('order') === 'asc' ? 'asc' : 'desc'];
  const asked = new URLSearchParams({ sort, order, limit: String(pageSize) });
  for (const name of ['code', 'column']) {
    const value = query.get(name);
    if (value !== null) asked.set(name, value);
  }
  const path = `/runs/${encodeURIComponent(id)}/findings/${encodeURIComponent(defect)}/rows?${asked.toString()}`;
  const first = useAnswer(path, findingRows);
  const turn = (by: 'score' | 'row'): void =>
    go(withQuery({ sort: by, order: sort === by && order === 'desc' ? 'asc' : 'desc', at: null }), true);
  return (
    <Panel label="Flagged rows">
      {first.state === 'loading' ? <Loading /> : null}
      {first.state === 'problem' ? <Problem problem={first.problem} /> : null}
      {first.state === 'ready' ? (
        first.value.total === 0 ? (
          <Empty>No unit is left by this choice.</Empty>
        ) : (
          <Grid key={path} id={id} path={path} first={first.value} at={Number(query.get('at') ?? -1)} turn={turn} />
        )
      ) : null}
    </Panel>
  );
}

interface GridProps {
  readonly id: string;
  readonly path: string;
  readonly first: FindingRows;
  /** Place of the chosen row, −1 for none. */
  readonly at: number;
  readonly turn: (by: 'score' | 'row') => void;
}

function Grid({ id, path, first, at, turn }: GridProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const { total } = first;
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes this component
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialOffset: Math.max(0, at - 5) * rowHeight,
  });
  const items = virtual.getVirtualItems();
  const pages = usePages(path, first, items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
  const windows = useMemo(
    () => new Map([...pages.pages].map(([page, { units }]) => [page, units.map((unit) => unit.rowKey)])),
    [pages.pages],
  );
  const cells = useCells(id, windows);
  const unitAt = (index: number): FlaggedUnit | undefined => pages.units.get(index);
  const step = (by: number): void => {
    const next = Math.min(total - 1, Math.max(0, at + by));
    virtual.scrollToIndex(next);
    go(withQuery({ at: String(next) }), true);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => {
      const unit = unitAt(at);
      if (unit !== undefined) go(pathTo('runs', id, 'rows', unit.rowKey));
    },
    Escape: () => go(pathTo('runs', id)),
  });
  return (
    <>
      <p className="small" role="status">
        {count((items[0]?.index ?? 0) + 1)} to {count((items.at(-1)?.index ?? 0) + 1)} of {count(total)}. <kbd>j</kbd>{' '}
        <kbd>k</kbd> next and previous, <kbd>Enter</kbd> opens the row
      </p>
      {cells.state === 'as-run' ? null : <p className="note">{withoutData[cells.state]}</p>}
      {pages.problem === null ? null : <Problem problem={pages.problem} />}
      <div
        role="table"
        aria-label="Flagged rows"
        aria-rowcount={total + 1}
        className={cells.state === 'as-run' ? '' : 'without-cells'}
      >
        <Head turn={turn} />
        <div className="grid" ref={box} tabIndex={0} role="rowgroup" aria-label="Rows">
          <div role="presentation" style={{ height: virtual.getTotalSize() }}>
            {items.map(({ index, start }) => (
              <Row
                key={index}
                id={id}
                index={index}
                top={start}
                chosen={index === at}
                unit={unitAt(index)}
                cells={cells.byRow.get(unitAt(index)?.rowKey ?? '') ?? []}
              />
            ))}
          </div>
        </div>
      </div>
    </>
  );
}

function Head({ turn }: { turn: GridProps['turn'] }): ReactElement {
  return (
    <div role="row" className="grid-row grid-head">
      <span role="columnheader">
        <button type="button" onClick={() => turn('row')}>
          Row
        </button>
      </span>
      <span role="columnheader">
        <button type="button" onClick={() => turn('score')}>
          Score
        </button>
      </span>
      <span role="columnheader">Check</span>
      <span role="columnheader">Reason</span>
      <span role="columnheader">Suggestion</span>
      <span role="columnheader" className="sr">
        Its cells
      </span>
    </div>
  );
}

function Row(props: {
  id: string;
  index: number;
  top: number;
  chosen: boolean;
  unit: FlaggedUnit | undefined;
  cells: readonly NamedCell[];
}): ReactElement {
  const { id, index, top, chosen, unit, cells } = props;
  const style = { transform: `translateY(${top}px)` };
  if (unit === undefined)
    return (
      <div role="row" aria-rowindex={index + 2} className="grid-row two-line" style={style}>
        <span role="cell" className="faint">
          {absent}
        </span>
      </div>
    );
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={chosen ? 'grid-row two-line chosen' : 'grid-row two-line'}
      style={style}
    >
      <span role="cell">
        <Link to={pathTo('runs', id, 'rows', unit.rowKey)}>
          <code title={visible(`${unit.file}, row ${unit.row}`)}>{count(unit.row)}</code>
        </Link>
      </span>
      <span role="cell">{unit.score === 1 ? '1' : two(unit.score)}</span>
      <span role="cell" className="small">
        {visible(unit.code)}
      </span>
      <span role="cell" title={visible(unit.message)}>
        {visible(unit.message)}
      </span>
      <span role="cell">{unit.suggestion === null ? absent : <code>{cut(unit.suggestion, 24)}</code>}</span>
      <RowCells role="cell" cells={cells} marked={unit.column} />
    </div>
  );
}

/** Units by their place, for the pages in sight and those seen last. */
function usePages(
  path: string,
  first: FindingRows,
  from: number,
  to: number,
): {
  readonly pages: ReadonlyMap<number, FindingRows>;
  readonly units: ReadonlyMap<number, FlaggedUnit>;
  readonly problem: ReturnType<typeof problemOf> | null;
} {
  const [pages, setPages] = useState<ReadonlyMap<number, FindingRows>>(new Map([[0, first]]));
  const [problem, setProblem] = useState<ReturnType<typeof problemOf> | null>(null);
  const [a, b] = [Math.floor(from / pageSize), Math.floor(to / pageSize)];
  useEffect(() => {
    const gone = new AbortController();
    for (let page = a; page <= b; page++) {
      if (pages.has(page)) continue;
      ask(`${path}&offset=${page * pageSize}`, findingRows, { signal: gone.signal }).then(
        (found) => setPages((known) => new Map([...[...known].slice(-20), [page, found]])),
        (thrown: unknown) => {
          if (!gone.signal.aborted) setProblem(problemOf(thrown));
        },
      );
    }
    return () => gone.abort();
  }, [path, a, b, pages]);
  const units = new Map<number, FlaggedUnit>();
  for (const { offset, units: some } of pages.values())
    for (const [i, unit] of some.entries()) units.set(offset + i, unit);
  return { pages, units, problem };
}
