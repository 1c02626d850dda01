import type { ReactElement } from 'react';
import { absent, auc, change, count, interval, visible } from '../../../reports/format.js';
import { Glyph } from '../../../reports/renderers/html/glyph.js';
import { Panel, Section } from '../../../reports/renderers/html/section.js';
import { Spark } from '../../../reports/renderers/html/spark.js';
import { comparison, type Comparison, type EffectPair } from '../../contract/compare.js';
import { Link, pathTo } from '../address.js';
import { Whiskers } from '../parts/whisker.js';
import { Empty, Ready } from '../parts/states.js';
import { useAnswer } from '../use-answer.js';

/** Two runs side by side: why they are not like for like first, then what changed. */
export function ComparePage({ query }: { query: URLSearchParams }): ReactElement {
  const [a, b] = [query.get('a') ?? '', query.get('b') ?? ''];
  const answer = useAnswer(`/compare?${new URLSearchParams({ a, b }).toString()}`, comparison);
  return (
    <>
      <nav className="crumbs" aria-label="Way here">
        <Link to="/">Runs</Link> / Compare <Link to={pathTo('runs', a)}>{a}</Link> with{' '}
        <Link to={pathTo('runs', b)}>{b}</Link>,{' '}
        <Link to={`/compare?${new URLSearchParams({ a: b, b: a }).toString()}`}>swap</Link>
      </nav>
      <Ready page of={answer}>
        {(found) => <Shown found={found} />}
      </Ready>
    </>
  );
}

function Shown({ found }: { found: Comparison }): ReactElement {
  return (
    <>
      <h1>{visible(found.sentence)}</h1>
      {found.warnings.length === 0 ? null : (
        <div className="strip warn-strip">
          <Glyph name="warns" word="" />
          <div>
            <strong>Not like for like.</strong>
            <ul>
              {found.warnings.map((w) => (
                <li key={w}>{visible(w)}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {found.auc === null ? null : (
        <p className="lead">
          AUC as it is: {auc(found.auc.before.value)}, then {auc(found.auc.after.value)}; change{' '}
          {change(found.auc.change.value)} {interval(found.auc.change)}.
        </p>
      )}
      <Effects effects={found.effects} />
      <div className="two">
        <Flagged found={found} />
        <Rules found={found} />
      </div>
      <Columns found={found} />
    </>
  );
}

function Effects({ effects }: { effects: readonly EffectPair[] }): ReactElement {
  if (effects.length === 0) return <Section id="effects" title="Neither run measured an effect" />;
  const all = effects.flatMap((e) => [e.before, e.after]).filter((v) => v !== null);
  const extent = [Math.min(0, ...all.map((v) => v.low)), Math.max(0, ...all.map((v) => v.high))] as const;
  return (
    <Section
      id="effects"
      title="Effects on AUC, then and now"
      note="The interval of a change takes the two runs as independent; where they share rows it is wider than it need be."
    >
      <Panel label="Effects">
        <table>
          <caption className="sr">Effects of both runs with their change</caption>
          <thead>
            <tr>
              <th scope="col">Defect and arm</th>
              <th scope="col">Then (hollow) and now</th>
              {['Then', 'Now', 'Change'].map((h) => (
                <th key={h} scope="col" className="number">
                  {h}
                </th>
              ))}
              <th scope="col">Reading</th>
            </tr>
          </thead>
          <tbody>
            {effects.map((e, i) => (
              <tr key={i}>
                <th scope="row">
                  {visible(e.defect)}
                  <span className="small">
                    {e.kind}: {visible(e.title)}
                  </span>
                </th>
                <td>
                  <Whiskers before={e.before} after={e.after} extent={extent} />
                </td>
                <td className="number">{e.before === null ? 'not there' : change(e.before.value)}</td>
                <td className="number">{e.after === null ? 'not there' : change(e.after.value)}</td>
                <td className="number">
                  {e.change === null ? absent : change(e.change.value)}
                  {e.change === null ? null : <span className="small">{interval(e.change)}</span>}
                </td>
                <td>{e.reading === 'no clear change' ? e.reading : <strong>{e.reading}</strong>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </Section>
  );
}

function Flagged({ found }: { found: Comparison }): ReactElement {
  return (
    <Section id="flagged" title="Flagged units">
      {found.flagged.length === 0 ? (
        <Empty>Neither run flagged anything.</Empty>
      ) : (
        <Panel label="Flagged units of both runs">
          <table>
            <caption className="sr">Flagged units in both runs</caption>
            <thead>
              <tr>
                <th scope="col">Defect</th>
                <th scope="col" className="number">
                  Then
                </th>
                <th scope="col" className="number">
                  Now
                </th>
              </tr>
            </thead>
            <tbody>
              {found.flagged.map((f) => (
                <tr key={f.defect}>
                  <th scope="row">{visible(f.title)}</th>
                  <td className="number">{f.before === null ? 'not run' : count(f.before)}</td>
                  <td className="number">{f.after === null ? 'not run' : count(f.after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
    </Section>
  );
}

function Rules({ found }: { found: Comparison }): ReactElement {
  return (
    <Section
      id="rules"
      title={found.rules.length === 0 ? 'Gate: no rule changed' : `Gate: ${found.rules.length} rules changed`}
    >
      {found.rules.length === 0 ? null : (
        <Panel label="Rules of the gate">
          <table>
            <caption className="sr">Rules of the gate whose outcome changed</caption>
            <tbody>
              {found.rules.map((r) => (
                <tr key={r.rule}>
                  <th scope="row">{visible(r.rule)}</th>
                  <td>{r.before ?? 'not judged'}</td>
                  <td>{r.after ?? 'not judged'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
    </Section>
  );
}

/** Changed columns drawn. */
const shown = 100;

function Columns({ found }: { found: Comparison }): ReactElement {
  const { columns } = found;
  return (
    <Section id="columns" title={`Columns: ${count(columns.length)} of ${count(found.columnCount)} changed`}>
      {columns.length === 0 ? null : (
        <Panel label="Columns">
          <table className="columns">
            <caption className="sr">Changed columns with their distribution in both runs</caption>
            <thead>
              <tr>
                <th scope="col">Column</th>
                <th scope="col">Then</th>
                <th scope="col">Now</th>
                <th scope="col">What changed</th>
              </tr>
            </thead>
            <tbody>
              {columns.slice(0, shown).map((c) => (
                <tr key={c.name}>
                  <th scope="row">
                    <code>{visible(c.name)}</code>
                  </th>
                  <td>
                    <Spark counts={c.before} />
                  </td>
                  <td>
                    <Spark counts={c.after} />
                  </td>
                  <td>{c.what.map((w) => visible(w)).join('; ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {columns.length > shown ? <p className="small">The first {shown}.</p> : null}
        </Panel>
      )}
    </Section>
  );
}
