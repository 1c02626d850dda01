import type { ReactElement } from 'react';
import type { ChainStep, Proof } from '../../../src/core/effect.js';
import { forestSize } from '../../charts/forest.js';
import type { Chart } from '../../charts/render.js';
import { auc, change, count, interval, plural, visible } from '../../format.js';
import { paysHeading } from '../../headings.js';
import { measuredSteps, unmeasuredTitles } from '../../measured-steps.js';
import type { Report } from '../../model.js';
import { decisionWord, proofSentence, strengthNote, togetherSentence } from '../../sentences.js';
import type { Charts } from './charts.js';
import { Figure, Slice, Sliced } from './figure.js';
import { Glyph, type GlyphName } from './glyph.js';
import { PrintedAxes } from './printed-axes.js';
import { Title } from './title.js';
import { Panel, Section } from './section.js';

/** The chain step by step on the rows where it was chosen, and the proof on rows that were opened once. */
export function PaysSection({ report, charts }: { report: Report; charts: Charts }): ReactElement {
  const { cleaning } = report;
  if (cleaning === undefined) {
    return (
      <Section id="pays" title="No repair was tried" note="assay run and assay clean choose repairs and prove them." />
    );
  }
  return (
    <Section
      id="pays"
      title={paysHeading(report)}
      note="Chosen step by step on inner rows, each on top of those accepted before it; then the whole recipe is measured once on outer rows. The smaller number there is the honest one."
    >
      {cleaning.steps.length === 0 ? null : (
        <Panel label="Steps and proof">
          <div className="pays">
            {charts.steps === null ? null : <Sliced id="steps" chart={charts.steps} />}
            <div>
              <Steps steps={measuredSteps(cleaning)} chart={charts.steps} />
              <Unmeasured titles={unmeasuredTitles(cleaning)} />
            </div>
            <Outcome proof={cleaning.proof} chart={charts.proof} />
          </div>
        </Panel>
      )}
    </Section>
  );
}

function Steps({ steps, chart }: { steps: readonly ChainStep[]; chart: Chart | null }): ReactElement {
  return (
    <table className="steps">
      <caption className="sr">Steps of the recipe with their gain on top of the earlier ones</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">
            <span>Gain over the data as it is</span>
            {chart === null ? null : <Slice of="steps" chart={chart} top={0} height={forestSize.head} />}
          </th>
          <th scope="col" className="number">
            On top
          </th>
        </tr>
      </thead>
      <PrintedAxes axes={[null, chart === null ? null : { of: 'steps', chart }, null]} />
      <tbody>
        {steps.map((s, i) => (
          <tr key={`${s.defect}/${s.repair}`} className={s.decision === 'accepted' ? 'accepted' : 'faint'}>
            <th scope="row">
              <Glyph name={glyphs[s.decision]} word="" />
              <Title of={s.title} />
              <span className="small">
                {plural(s.units, 'unit')}, {decisionWord(s)}
                {s.decision === 'accepted' ? '' : `; ${visible(s.reason)}`}
                {[strengthNote(s), togetherSentence(s)].map((said) => (said === null ? '' : `; ${said}`)).join('')}
              </span>
            </th>
            <td className="drawing">
              {chart === null ? null : (
                <Slice of="steps" chart={chart} top={forestSize.head + i * forestSize.row} height={forestSize.row} />
              )}
            </td>
            <td className="number">
              {s.gain === null ? '\u2013' : change(s.gain.value)}
              {s.gain === null ? null : <span className="small">{interval(s.gain)}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Unmeasured({ titles }: { titles: readonly string[] }): ReactElement | null {
  if (titles.length === 0) return null;
  return <p className="small">Not measured, too few rows: {titles.map((title) => visible(title)).join('; ')}.</p>;
}

const glyphs: Readonly<Record<ChainStep['decision'], GlyphName>> = {
  accepted: 'pays',
  'not-resolved': 'not-resolved',
  'held-back': 'not-resolved',
  hurts: 'hurts',
};

function Outcome({ proof, chart }: { proof: Proof | null; chart: Chart | null }): ReactElement {
  if (proof === null) {
    return (
      <div className="proof">
        <h3>No proof was needed</h3>
        <p className="small">
          No repair was accepted, so the recipe is empty, no file was cleaned, and the outer rows stay unopened.
        </p>
      </div>
    );
  }
  return (
    <div className="proof">
      <h3>{proof.outerUses > 1 ? 'Measured again on outer rows' : 'Proof on untouched rows'}</h3>
      <p className={`big ${proof.holds ? 'gain-text' : ''}`}>{change(proof.gain)}</p>
      <p>
        {interval(proof)}, {plural(proof.seeds, 'paired run')}
      </p>
      {chart === null ? null : <Figure chart={chart} name={proofSentence(proof)} />}
      <dl>
        <dt>AUC</dt>
        <dd>
          {auc(proof.before)} → {auc(proof.after)}
        </dd>
        <dt>Positives</dt>
        <dd>{count(proof.positives)}</dd>
        <dt>Opened</dt>
        <dd>{proof.outerUses === 1 ? 'once' : `${count(proof.outerUses)} times`}</dd>
      </dl>
      <p className="small">{proofSentence(proof)}</p>
    </div>
  );
}
