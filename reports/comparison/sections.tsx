import type { ReactElement } from 'react';
import type { DataComparison, MeasuredCause } from '../../src/core/data-comparison.js';
import { forestSize } from '../charts/forest.js';
import type { Chart } from '../charts/render.js';
import { change, count, interval, visible } from '../format.js';
import { Slice, Sliced } from '../renderers/html/figure.js';
import { Glyph } from '../renderers/html/glyph.js';
import { Panel, Section } from '../renderers/html/section.js';
import {
  causesHeading,
  causesNote,
  comparisonWord,
  differenceText,
  explainsText,
  howSentence,
  levelsText,
  schemaSentence,
  togetherSentence,
  trainingSentence,
} from './sentences.js';

/** A comparison of two data sets: the verdict, what each change does, the columns that differ. One file and dashboard share it. */
export function ComparisonSections({ found, chart }: { found: DataComparison; chart: Chart | null }): ReactElement {
  return (
    <>
      <Verdict found={found} />
      {found.auc === null ? null : <Causes found={found} chart={chart} />}
      {found.schema.length === 0 ? null : (
        <Section id="columns" title="Columns that differ">
          <ul>
            {found.schema.map((one) => (
              <li key={one.column}>{schemaSentence(one)}</li>
            ))}
          </ul>
        </Section>
      )}
      {found.auc === null ? null : <p className="small">{howSentence(found)}</p>}
    </>
  );
}

function Verdict({ found: { verdict, auc } }: { found: DataComparison }): ReactElement {
  const wash = { differs: 'cost-strip', 'not-resolved': 'plain-strip', unmeasured: 'warn-strip' }[verdict.code];
  return (
    <section id="verdict" aria-labelledby="verdict-title">
      <h1 id="verdict-title">{visible(verdict.sentence)}</h1>
      {auc === null ? null : (
        <div className={`strip ${wash}`}>
          <Glyph name={verdict.code === 'differs' ? 'costs' : 'not-resolved'} word="" />
          <p>
            <strong>{comparisonWord[verdict.code]}.</strong> AUC {levelsText(auc)}; B − A{' '}
            {differenceText(auc.difference)}. {trainingSentence(auc)}
          </p>
        </div>
      )}
    </section>
  );
}

function Causes({ found, chart }: { found: DataComparison; chart: Chart | null }): ReactElement {
  return (
    <Section id="causes" title={causesHeading(found)} note={causesNote}>
      {chart === null ? null : (
        <Panel label="Changes with their effect on AUC">
          <Sliced id="causes-drawing" chart={chart} />
          <table className="defects">
            <caption className="sr">Changes from A to B, and what each does to AUC</caption>
            <thead>
              <tr>
                <th scope="col">Change</th>
                <th scope="col" className="number">
                  Units
                </th>
                <th scope="col">
                  <span>AUC with it, 95% interval</span>
                  <Slice of="causes-drawing" chart={chart} top={0} height={forestSize.head} />
                </th>
                <th scope="col" className="number">
                  Effect
                </th>
                <th scope="col" className="number">
                  Of the difference
                </th>
              </tr>
            </thead>
            <tbody>
              {found.causes.map((cause, i) => (
                <Cause key={cause.title} cause={cause} chart={chart} index={i} />
              ))}
            </tbody>
          </table>
        </Panel>
      )}
      {found.together === null ? null : <p>{togetherSentence(found.together)}</p>}
      {found.unmeasured.map(({ title, reason }) => (
        <p className="small" key={title}>
          Not measured: {visible(title)}. {visible(reason)}
        </p>
      ))}
    </Section>
  );
}

function Cause({ cause, chart, index }: { cause: MeasuredCause; chart: Chart; index: number }): ReactElement {
  const tone = !cause.resolved ? 'faint open' : cause.value < 0 ? 'cost-text' : 'gain-text';
  return (
    <tr>
      <th scope="row">{visible(cause.title)}</th>
      <td className="number">{count(cause.units)}</td>
      <td className="drawing">
        <Slice
          of="causes-drawing"
          chart={chart}
          top={forestSize.head + index * forestSize.row}
          height={forestSize.row}
        />
      </td>
      <td className="number">
        <span className={`value ${tone}`}>{cause.resolved ? change(cause.value) : 'not resolved'}</span>
        <span className="small limits">{interval(cause)}</span>
      </td>
      <td className="number">{explainsText(cause)}</td>
    </tr>
  );
}
