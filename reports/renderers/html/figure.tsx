import type { ReactElement } from 'react';
import type { Chart } from '../../charts/render.js';

/** A whole chart with a name for those who do not see it; the same numbers stand in a table beside it. */
export function Figure({ chart, name }: { chart: Chart; name: string }): ReactElement {
  return (
    <svg
      className="chart"
      role="img"
      aria-label={name}
      width={chart.width}
      height={chart.height}
      viewBox={`0 0 ${chart.width} ${chart.height}`}
      // The body is what Vega drew; it escapes every text itself.
      dangerouslySetInnerHTML={{ __html: chart.body }}
    />
  );
}

/** A chart kept out of sight, whose parts {@link Slice} shows in the rows of a table. */
export function Sliced({ id, chart }: { id: string; chart: Chart }): ReactElement {
  return (
    <svg className="sliced" width="0" height="0" aria-hidden="true">
      <symbol id={id} overflow="visible" dangerouslySetInnerHTML={{ __html: chart.body }} />
    </svg>
  );
}

/**
 * The part of a sliced chart from `top`, `height` pixels high; the text beside it says the same. Its first pixel row
 * holds grid and zones only and is stretched behind it, so that these run through rows of any height.
 */
export function Slice(props: { of: string; chart: Chart; top: number; height: number }): ReactElement {
  const { of, chart, top, height } = props;
  return (
    <>
      <svg
        className="behind"
        aria-hidden="true"
        width={chart.width}
        viewBox={`0 ${top} ${chart.width} 1`}
        preserveAspectRatio="none"
      >
        <use href={`#${of}`} />
      </svg>
      <svg
        className="slice"
        aria-hidden="true"
        width={chart.width}
        height={height}
        viewBox={`0 ${top} ${chart.width} ${height}`}
      >
        <use href={`#${of}`} />
      </svg>
    </>
  );
}
