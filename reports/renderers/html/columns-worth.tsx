import type { ReactElement } from 'react';
import type { ColumnWorth, ColumnsWorth } from '../../../src/core/worth.js';
import { auc, count, interval, percent } from '../../format.js';
import type { Report } from '../../model.js';
import { columnsLeftOut, columnsThatCanGo, columnsTogether, worthWord } from '../../worth-sentences.js';
import { Glyph, type GlyphName } from './glyph.js';
import { Name } from './name.js';
import { Panel } from './section.js';

const glyphs: Readonly<Record<ColumnWorth['verdict'], GlyphName>> = {
  pays: 'pays',
  'can-go': 'not-applicable',
  'not-resolved': 'not-resolved',
};

/** What training without each column and group costs, cheapest first, beside its bytes and nulls. */
export function ColumnsWorthPanel({ report }: { report: Report }): ReactElement | null {
  const worth = report.columnsWorth;
  if (worth === undefined) return null;
  const entries = [...worth.entries].sort((a, b) => a.upper95 - b.upper95 || (a.name < b.name ? -1 : 1));
  const nulls = new Map(report.columns.map((c) => [c.name, c.nullShare]));
  const said = [columnsThatCanGo(worth), columnsTogether(worth), columnsLeftOut(worth)].filter((s) => s !== null);
  return (
    <>
      <h3 className="label">What it costs to leave a column out</h3>
      <p className="note">{said.join(' ')}</p>
      <Panel label="What it costs to leave a column out">
        <table className="worth">
          <caption className="sr">Cost in AUC of leaving out columns and groups of columns</caption>
          <thead>
            <tr>
              <th scope="col">Column, or group of columns</th>
              <th scope="col" className="number">
                Bytes
              </th>
              <th scope="col" className="number">
                Null
              </th>
              <th scope="col">95% interval</th>
              <th scope="col" className="number">
                Cost in AUC
              </th>
              <th scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((e) => (
              <Row key={e.name} entry={e} worth={worth} nulls={nulls.get(e.name)} />
            ))}
          </tbody>
        </table>
      </Panel>
    </>
  );
}

function Row(props: { entry: ColumnWorth; worth: ColumnsWorth; nulls: number | undefined }): ReactElement {
  const { entry, worth, nulls } = props;
  return (
    <tr>
      <th scope="row">
        <Name of={entry.name} />
        {entry.columns.length === 1 ? null : <span className="small">{count(entry.columns.length)} columns</span>}
      </th>
      <td className="number">{count(entry.bytes)}</td>
      <td className="number">{nulls === undefined ? '' : percent(nulls)}</td>
      <td>
        <Whisker entry={entry} worth={worth} />
      </td>
      <td className="number">
        {auc(entry.cost)}
        <span className="small limits">{interval(entry)}</span>
      </td>
      <td>
        <Glyph name={glyphs[entry.verdict]} word="" /> {worthWord(entry.verdict)}
      </td>
    </tr>
  );
}

const width = 180;

/** Costs beyond this many budgets are all alike: worth keeping. An arrow stands for the part beyond. */
const shownBudgets = 10;

/** The interval on the axis that all rows share: zero as a hairline, the budget dotted. */
function Whisker({ entry, worth }: { entry: ColumnWorth; worth: ColumnsWorth }): ReactElement {
  const most = Math.max(worth.budget, 1e-4) * shownBudgets;
  const low = Math.max(-most, Math.min(0, ...worth.entries.map((e) => e.low)));
  const high = Math.min(most, Math.max(worth.budget * 2, ...worth.entries.map((e) => e.high)));
  const inside = (value: number): number => Math.min(high, Math.max(low, value));
  const x = (value: number): string => (8 + ((width - 16) * (inside(value) - low)) / (high - low)).toFixed(1);
  const right = entry.high > high ? `M${width - 6} 3L${width - 1} 7L${width - 6} 11` : `M${x(entry.high)} 4V10`;
  const left = entry.low < low ? 'M6 3L1 7L6 11' : `M${x(entry.low)} 4V10`;
  return (
    <svg className="whisker" width={width} height="14" viewBox={`0 0 ${width} 14`} aria-hidden="true">
      <path className="zero" d={`M${x(0)} 0V14`} />
      <path className="budget" d={`M${x(worth.budget)} 0V14`} />
      <path className={entry.verdict} d={`M${x(entry.low)} 7H${x(entry.high)}${left}${right}`} />
      {inside(entry.cost) === entry.cost ? (
        <circle className={entry.verdict} cx={x(entry.cost)} cy="7" r="3.2" />
      ) : null}
    </svg>
  );
}
