import type { ReactElement } from 'react';
import { absent, count, two, visible } from '../../../reports/format.js';
import { Panel, Section } from '../../../reports/renderers/html/section.js';
import { rowDetail, type RowDetail, type Rows } from '../../contract/rows.js';
import { Link, pathTo } from '../address.js';
import { Crumbs } from '../parts/crumbs.js';
import { Empty, Ready, withoutData } from '../parts/states.js';
import { useAnswer } from '../use-answer.js';
import { useKeys } from '../use-keys.js';

/** One row: what was found about it, and its cells beside those of the rows around it. */
export function RowPage({ id, rowKey }: { id: string; rowKey: string }): ReactElement {
  const answer = useAnswer(`/runs/${encodeURIComponent(id)}/rows/${encodeURIComponent(rowKey)}`, rowDetail);
  useKeys({ Escape: () => history.back() });
  return (
    <>
      <Crumbs run={id}>Row {rowKey}</Crumbs>
      <Ready page of={answer}>
        {({ found, around }) => (
          <>
            <h1>{heading(found, rowKey)}</h1>
            <Found id={id} found={found} />
            <Section id="cells" title="Its cells, and the rows around it">
              <Cells around={around} rowKey={rowKey} marked={new Set(found.map((f) => f.column))} />
            </Section>
          </>
        )}
      </Ready>
    </>
  );
}

function heading(found: RowDetail['found'], rowKey: string): string {
  const [first] = found;
  const name = first === undefined ? `Row ${rowKey}` : `Row ${count(first.row)} of ${visible(first.file)}`;
  return `${name}: ${found.length === 0 ? 'nothing was found' : found.length === 1 ? 'one finding' : `${found.length} findings`}`;
}

function Found({ id, found }: { id: string; found: RowDetail['found'] }): ReactElement | null {
  if (found.length === 0) return null;
  return (
    <Panel label="Findings about this row">
      <table>
        <caption className="sr">Findings about this row</caption>
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col" className="number">
              Score
            </th>
            <th scope="col">Reason</th>
            <th scope="col">Suggestion</th>
          </tr>
        </thead>
        <tbody>
          {found.map((f, i) => (
            <tr key={i}>
              <th scope="row">
                <Link to={pathTo('runs', id, 'findings', f.defect)}>{visible(f.code)}</Link>
              </th>
              <td className="number">{f.score === 1 ? '1' : two(f.score)}</td>
              <td>{visible(f.message)}</td>
              <td>{f.suggestion === null ? absent : <code>{visible(f.suggestion)}</code>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** Columns down, rows across: a row of a hundred columns is read from top to bottom. */
function Cells({
  around,
  rowKey,
  marked,
}: {
  around: Rows;
  rowKey: string;
  marked: ReadonlySet<string | null>;
}): ReactElement {
  if (around.state !== 'as-run') return <Empty>{withoutData[around.state]}</Empty>;
  const here = around.rows.findIndex((r) => r.rowKey === rowKey);
  return (
    <Panel label="Cells">
      <table className="cells">
        <caption className="sr">Cells of the row and of the rows before and after it, one column a line</caption>
        <thead>
          <tr>
            <th scope="col">Column</th>
            {around.rows.map((r, i) => (
              <th key={r.rowKey} scope="col">
                {i === here ? <strong>this row</strong> : `${i < here ? '\u2212' : '+'}${Math.abs(i - here)}`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {around.columns.map((name, c) => (
            <tr key={c} className={marked.has(name) ? 'here' : ''}>
              <th scope="row">
                <code title={visible(name)}>{visible(name)}</code>
              </th>
              {around.rows.map((r, i) => {
                const cell = r.cells[c];
                const text = cell == null ? absent : visible(cell);
                return (
                  <td key={r.rowKey} title={text} className={i === here ? '' : 'faint'}>
                    {i === here ? <strong>{text}</strong> : text}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {around.columnCount > around.columns.length ? (
        <p className="small">
          The first {around.columns.length} of {count(around.columnCount)} columns.
        </p>
      ) : null}
    </Panel>
  );
}
