import type { ReactElement } from 'react';
import type { News } from '../../../src/core/news.js';
import { count, change, interval, plural, visible } from '../../../reports/format.js';
import { Glyph, type GlyphName } from '../../../reports/renderers/html/glyph.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import { Whisker } from './whisker.js';

type Looked = News & { readonly kind: 'looked' };
type Gain = News & { readonly kind: 'gain' };

/** What a run has learned so far: gains as they settle, then what was found and what failed. */
export function Learned({ news }: { news: readonly News[] }): ReactElement | null {
  const looked = news.filter((n): n is Looked => n.kind === 'looked');
  const gains = news.filter((n): n is Gain => n.kind === 'gain');
  if (news.length === 0) return null;
  return (
    <div className="stack">
      {gains.length === 0 ? null : <Gains gains={gains} />}
      <Found looked={looked} />
    </div>
  );
}

function Gains({ gains }: { gains: readonly Gain[] }): ReactElement {
  const extent = [Math.min(0, ...gains.map((g) => g.low)), Math.max(0, ...gains.map((g) => g.high))] as const;
  return (
    <Panel label="Gains so far">
      <h2>Gain of each repair in AUC, so far</h2>
      <p className="small">
        On inner rows, at the pairs of trainings done; corrected for their number at the end only.
      </p>
      <table>
        <caption className="sr">Gains so far</caption>
        <tbody>
          {[...gains]
            .sort((a, b) => Number(b.settled) - Number(a.settled) || b.value - a.value)
            .map((g) => (
              <tr key={`${g.defect}/${g.arm}`} className={g.settled ? '' : 'faint'}>
                <th scope="row">{visible(g.title)}</th>
                <td>
                  <Whisker of={g} extent={extent} pale={!g.settled} />
                </td>
                <td className="number">
                  {g.settled ? (
                    <>
                      <strong>{change(g.value)}</strong>
                      <span className="small">{interval(g)}</span>
                    </>
                  ) : (
                    'settling'
                  )}
                </td>
                <td className="number">{plural(g.pairs, 'pair')}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Found({ looked }: { looked: readonly Looked[] }): ReactElement {
  const told = looked.filter((n) => n.sentence !== '' && n.outcome !== 'not-applicable');
  const silent = looked.filter((n) => n.outcome === 'ok' && n.sentence === '');
  const idle = looked.filter((n) => n.outcome === 'not-applicable');
  return (
    <Panel label="Found so far">
      <h2>Found so far</h2>
      <ul className="findings">
        {told.map((n) => (
          <li key={n.defect}>
            <Glyph name={glyphs[n.outcome]} word={n.outcome === 'failed' ? 'failed' : ''} />
            <span>
              <strong>{visible(n.title)}</strong>
              {n.outcome === 'failed' ? ' failed and the run goes on. ' : ': '}
              {visible(n.sentence)} {n.flagged === 0 ? null : <span className="faint">{count(n.flagged)} flagged</span>}
            </span>
          </li>
        ))}
      </ul>
      <p className="small">
        {silent.length === 0 ? '' : `Nothing found: ${silent.map((n) => visible(n.title)).join(', ')}. `}
        {idle.length === 0 ? '' : `Not applicable: ${idle.map((n) => visible(n.title)).join(', ')}.`}
      </p>
    </Panel>
  );
}

const glyphs: Readonly<Record<Looked['outcome'], GlyphName>> = {
  ok: 'warns',
  failed: 'failed',
  'not-applicable': 'not-applicable',
  cancelled: 'stopped',
};
