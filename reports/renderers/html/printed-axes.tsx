import type { ReactElement } from 'react';
import { forestSize } from '../../charts/forest.js';
import type { Chart } from '../../charts/render.js';
import { Slice } from './figure.js';

/**
 * The axes of a long table once more, as its first row, on paper only: Chromium repeats the head of a table on every
 * page but drops what moves and scales the drawings in it. `axes` are the cells of the row, null where there is none.
 */
export function PrintedAxes(props: {
  axes: readonly ({ readonly of: string; readonly chart: Chart } | null)[];
}): ReactElement | null {
  if (props.axes.every((axis) => axis === null)) return null;
  return (
    <tbody className="printed-axes" aria-hidden="true">
      <tr>
        {props.axes.map((axis, i) => (
          <td key={i}>
            {axis === null ? null : <Slice of={axis.of} chart={axis.chart} top={0} height={forestSize.head} />}
          </td>
        ))}
      </tr>
    </tbody>
  );
}
