import type { ReactElement } from 'react';
import type { CapacityEffect, Limited } from '../../../src/core/worth.js';
import { forestSize } from '../../charts/forest.js';
import { auc, capital, change, interval, visible } from '../../format.js';
import { capacityHeading, titles } from '../../headings.js';
import type { Report } from '../../model.js';
import { capacityWord, modelText } from '../../worth-sentences.js';
import type { Charts } from './charts.js';
import { Slice, Sliced } from './figure.js';
import { Panel, Section } from './section.js';

/** The same repair or injection on a small and a large model, side by side. Absent where it was not measured. */
export function CapacitySection({ report, charts }: { report: Report; charts: Charts }): ReactElement | null {
  const { capacity } = report;
  if (capacity === undefined) return null;
  const { small, large } = capacity;
  const note = `Small: ${modelText(small)}, AUC ${auc(small.auc.value)} ${interval(small.auc)} as it is. Large: ${modelText(large)}, AUC ${auc(large.auc.value)} ${interval(large.auc)}. Gains above 0 help, sensitivities above 0 hurt; raw 95% intervals, not corrected for how many there are.`;
  const names = titles(report);
  return (
    <Section id="capacity" title={capacityHeading(report)} note={note}>
      <Panel label="Effects on a small and a large model">
        {charts.capacity === null ? null : <Sliced id="capacity-chart" chart={charts.capacity} />}
        <table className="defects pairs">
          <caption className="sr">Effects on a small and a large model</caption>
          <thead>
            <tr>
              <th scope="col">Repair, or as much again</th>
              <th scope="col">Model</th>
              <th scope="col">
                <span>Effect in AUC, 95% interval</span>
                {charts.capacity === null ? null : (
                  <Slice of="capacity-chart" chart={charts.capacity} top={0} height={forestSize.head} />
                )}
              </th>
              <th scope="col" className="number">
                Effect
              </th>
              <th scope="col" className="number">
                Large less small
              </th>
            </tr>
          </thead>
          {capacity.effects.map((e, i) => (
            <Pair key={i} effect={e} index={i} charts={charts} title={names.get(e.defect) ?? e.defect} />
          ))}
        </table>
      </Panel>
    </Section>
  );
}

function Pair(props: { effect: CapacityEffect; index: number; charts: Charts; title: string }): ReactElement {
  const { effect, index, charts, title } = props;
  return (
    <tbody>
      <tr className="repair">
        <th scope="rowgroup" rowSpan={2}>
          <span>{capital(visible(effect.title))}</span>
          <span className="small">
            {visible(title)}, {effect.kind === 'gain' ? 'gain' : `sensitivity, ${visible(effect.arm)}`}
          </span>
        </th>
        <td>small</td>
        <Drawn of={effect.small} at={2 * index} charts={charts} />
        <td className="number" rowSpan={2}>
          {change(effect.difference.value)}
          <span className="small limits">{interval(effect.difference)}</span>
          <span className="small">{capacityWord(effect)}</span>
        </td>
      </tr>
      <tr className="repair">
        <td>large</td>
        <Drawn of={effect.large} at={2 * index + 1} charts={charts} />
      </tr>
    </tbody>
  );
}

function Drawn({ of, at, charts }: { of: Limited; at: number; charts: Charts }): ReactElement {
  const top = forestSize.head + at * forestSize.row;
  return (
    <>
      <td className="drawing">
        {charts.capacity === null ? null : (
          <Slice of="capacity-chart" chart={charts.capacity} top={top} height={forestSize.row} />
        )}
      </td>
      <td className="number">
        {change(of.value)}
        <span className="small limits">{interval(of)}</span>
      </td>
    </>
  );
}
