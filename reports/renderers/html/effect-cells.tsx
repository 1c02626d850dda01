import type { ReactElement } from 'react';
import type { Effect, Unmeasured } from '../../../src/core/effect.js';
import { forestSize } from '../../charts/forest.js';
import type { Chart } from '../../charts/render.js';
import { isEffect } from '../../defect-lines.js';
import { absent, visible } from '../../format.js';
import { effectLimits, effectSentence, effectValue, effectWord } from '../../sentences.js';
import { rowsWorthText } from '../../worth-sentences.js';
import { Slice } from './figure.js';

/** The interval drawn on the axis of its column, and its sentence for those who do not see it. */
export function Drawing(props: {
  of: string;
  chart: Chart | null;
  found: Effect | Unmeasured | null;
  top: number;
}): ReactElement {
  const { of, chart, found, top } = props;
  return (
    <td className="drawing">
      {chart === null ? null : <Slice of={of} chart={chart} top={top} height={forestSize.row} />}
      {isEffect(found) ? <span className="sr">{effectSentence(found)}</span> : null}
    </td>
  );
}

/** The number of an effect with its limits, or why there is none; `named` adds the arm it belongs to. */
export function Value({ found, named = false }: { found: Effect | Unmeasured | null; named?: boolean }): ReactElement {
  if (found === null) return <td className="number faint">{absent}</td>;
  if (!isEffect(found)) {
    return (
      <td className="number faint">
        not measured
        <span className="small">{visible(found.reason)}</span>
      </td>
    );
  }
  const tone = { helps: 'gain-text', costs: 'cost-text', 'not-resolved': 'faint open' }[found.verdict];
  const hurts = found.kind === 'gain' && found.verdict === 'costs' ? `, ${effectWord(found)}` : '';
  return (
    <td className="number">
      <span className={`value ${tone}`}>
        {effectValue(found)}
        {hurts}
      </span>
      <span className="small limits">{effectLimits(found)}</span>
      {found.rowsWorth === undefined ? null : <span className="small">{rowsWorthText(found)}</span>}
      {named ? <span className="small">{visible(found.title)}</span> : null}
    </td>
  );
}
