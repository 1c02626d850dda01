import { useState, type ReactElement } from 'react';
import { cut } from '../../../reports/format.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import { datasetList } from '../../contract/datasets.js';
import { useAnswer } from '../use-answer.js';

/** Starts a comparison of a dataset with an earlier one, under the roles of the form. */
export function CompareWith(props: {
  dataset: string;
  busy: boolean;
  start: (before: string) => void;
}): ReactElement | null {
  const { dataset, busy, start } = props;
  const list = useAnswer('/datasets', datasetList);
  const [before, setBefore] = useState('');
  const others = list.state === 'ready' ? list.value.datasets.filter(({ id }) => id !== dataset) : [];
  if (others.length === 0) return null;
  return (
    <Panel label="Compare">
      <h2>Or compare it with an earlier one</h2>
      <p className="note">
        Does AUC differ between the two, by how much, and which changes explain it? Roles and minutes are those above.
      </p>
      <div className="actions">
        <label htmlFor="before">Earlier data set</label>
        <select id="before" value={before} onChange={(e) => setBefore(e.target.value)}>
          <option value="">choose one</option>
          {others.map(({ id }) => (
            <option key={id} value={id}>
              {cut(id, 60)}
            </option>
          ))}
        </select>
        <button type="button" disabled={busy || before === ''} onClick={() => start(before)}>
          Compare the data sets
        </button>
      </div>
    </Panel>
  );
}
