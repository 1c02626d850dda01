import type { ReactElement } from 'react';
import { absent, cut, visible } from '../../../reports/format.js';
import type { NamedCell } from '../use-cells.js';

/** Cells drawn in a line; the page of a row holds all. */
const mostCells = 12;

/** The cells of a row on one line, the one that matters first. */
export function RowCells(props: { cells: readonly NamedCell[]; marked: string | null; role?: 'cell' }): ReactElement {
  const { cells, marked, role } = props;
  const first = [...cells].sort(([a], [b]) => Number(b === marked) - Number(a === marked)).slice(0, mostCells);
  const text = first.map(([name, cell]) => `${visible(name)} ${cell === null ? absent : visible(cell)}`).join(', ');
  return (
    <span role={role} className="small row-cells" title={text}>
      {first.map(([name, cell], i) => (
        <span key={i} className={name === marked ? 'cell here' : 'cell'}>
          <span className="faint">{cut(name, 18)}</span> {cell === null ? absent : cut(cell, 18)}
        </span>
      ))}
    </span>
  );
}
