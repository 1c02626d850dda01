import type { ReactElement } from 'react';
import { absent, auc, change, cut, interval, plural, visible } from '../../../reports/format.js';
import { Glyph } from '../../../reports/renderers/html/glyph.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import type { RunSummary } from '../../contract/runs.js';
import { Link, pathTo } from '../address.js';
import { byDataset } from '../by-dataset.js';
import { When } from './when.js';

/** Datasets drawn; the list of runs below holds all. */
const shown = 30;

/** One line a dataset: its last gate, what repairs brought, its last twenty gates, AUC run by run. */
export function DatasetsPanel({ runs }: { runs: readonly RunSummary[] }): ReactElement {
  const groups = byDataset(runs);
  return (
    <Panel label="Datasets">
      <table>
        <caption className="sr">Datasets with gate, gain and history</caption>
        <thead>
          <tr>
            <th scope="col">Dataset</th>
            <th scope="col">Gate, last run</th>
            <th scope="col" className="number">
              Gain of the recipe
            </th>
            <th scope="col">Gate, last 20 runs</th>
            <th scope="col">AUC, run by run</th>
            <th scope="col">Last run, UTC</th>
          </tr>
        </thead>
        <tbody>
          {groups.slice(0, shown).map(([name, of]) => (
            <Dataset key={name} name={name} runs={of} />
          ))}
        </tbody>
      </table>
      {groups.length > shown ? (
        <p className="small">
          The {shown} that ran last, of {groups.length}.
        </p>
      ) : null}
    </Panel>
  );
}

/** `runs`: newest first. */
function Dataset({ name, runs }: { name: string; runs: readonly RunSummary[] }): ReactElement {
  const last = runs[0]!;
  const gain = last.verdict?.auc?.gain ?? null;
  return (
    <tr>
      <th scope="row">
        <Link to={pathTo('runs', last.id)}>
          <code title={visible(name)}>{cut(name, 34)}</code>
        </Link>
        <span className="small">{plural(runs.length, 'run')}</span>
      </th>
      <td>
        <Glyph name={glyphs[stateOf(last)]} word="" /> {stateOf(last)}
      </td>
      <td className="number">
        {gain === null ? absent : <strong className="gain-text">{change(gain.value)}</strong>}
        {gain === null ? null : <span className="small">{interval(gain)}</span>}
      </td>
      <td>
        <span className="squares">
          {runs
            .slice(0, 20)
            .toReversed()
            .map((run) => (
              <Glyph key={run.id} name={glyphs[stateOf(run)]} word={stateOf(run)} />
            ))}
        </span>
      </td>
      <td>
        <Trend runs={runs.slice(0, 20).toReversed()} />
      </td>
      <td>
        <When at={last.startedAt} />
      </td>
    </tr>
  );
}

type State = 'failed' | 'warned' | 'passed' | 'not judged' | 'cancelled' | 'no report';

const glyphs = {
  failed: 'fails',
  warned: 'warns',
  passed: 'passes',
  'not judged': 'not-applicable',
  cancelled: 'stopped',
  'no report': 'failed',
} as const satisfies Record<State, string>;

function stateOf(run: RunSummary): State {
  if (run.verdict === null) return 'no report';
  return run.gate ?? (run.cancelled ? 'cancelled' : 'not judged');
}

const [step, height] = [14, 36];

/** As is (circles) and repaired (squares), oldest first. */
function Trend({ runs }: { runs: readonly RunSummary[] }): ReactElement {
  const points = runs.flatMap(({ verdict }) => verdict?.auc ?? []);
  if (points.length === 0) return <>{absent}</>;
  const values = points.flatMap((p) => [p.asIs.value, p.repaired?.value ?? p.asIs.value]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const y = (value: number): number => height - 6 - ((value - low) / (high - low || 1)) * (height - 12);
  const last = points.at(-1)!;
  return (
    <svg
      className="trend"
      width={step * points.length + 6}
      height={height}
      role="img"
      aria-label={`AUC as is of ${plural(points.length, 'run')}, the last ${auc(last.asIs.value)}`}
    >
      {points.map((p, i) => {
        const x = 8 + i * step;
        return (
          <g key={i}>
            {p.repaired === null ? null : (
              <>
                <path d={`M${x} ${y(p.asIs.value)}V${y(p.repaired.value)}`} />
                <rect x={x - 3} y={y(p.repaired.value) - 3} width="6" height="6" />
              </>
            )}
            <circle cx={x} cy={y(p.asIs.value)} r="3" />
          </g>
        );
      })}
    </svg>
  );
}
