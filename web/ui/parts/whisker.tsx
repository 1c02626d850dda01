import type { ReactElement } from 'react';
import type { Limited } from '../../contract/compare.js';

const width = 240;

/** Two intervals on one axis, the earlier hollow above the later; the numbers stand beside it. */
export function Whiskers(props: {
  before: Limited | null;
  after: Limited | null;
  extent: readonly [number, number];
}): ReactElement {
  const { before, after, extent } = props;
  const [low, high] = extent;
  const at = (value: number): number => 6 + ((value - low) / (high - low || 1)) * (width - 12);
  return (
    <svg className="whisker" width={width} height="30" viewBox={`0 0 ${width} 30`} aria-hidden="true">
      <path className="zero" d={`M${at(0)} 0V30`} />
      {before === null ? null : <Interval of={before} at={at} y={9} className="before" />}
      {after === null ? null : <Interval of={after} at={at} y={21} className="after" />}
    </svg>
  );
}

/** One interval on an axis that starts or ends at 0; the numbers stand beside it. */
export function Whisker(props: { of: Limited; extent: readonly [number, number]; pale?: boolean }): ReactElement {
  const { of, extent, pale = false } = props;
  const [low, high] = extent;
  const at = (value: number): number => 6 + ((value - low) / (high - low || 1)) * (width / 2 - 12);
  return (
    <svg className="whisker" width={width / 2} height="16" viewBox={`0 0 ${width / 2} 16`} aria-hidden="true">
      <path className="zero" d={`M${at(0)} 0V16`} />
      <Interval of={of} at={at} y={8} className={pale ? 'before' : 'gain'} />
    </svg>
  );
}

function Interval(props: { of: Limited; at: (value: number) => number; y: number; className: string }): ReactElement {
  const { of, at, y, className } = props;
  return (
    <>
      <path className={className} d={`M${at(of.low)} ${y}H${at(of.high)}`} />
      <circle className={className} cx={at(of.value)} cy={y} r="3.5" />
    </>
  );
}
