import { useState, type DragEvent, type ReactElement } from 'react';
import { count, visible } from '../../../reports/format.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import { datasetList, preview, uploaded } from '../../contract/datasets.js';
import { go, Link } from '../address.js';
import { ask, problemOf } from '../api.js';
import { RunForm } from '../parts/run-form.js';
import { Empty, Loading, Ready } from '../parts/states.js';
import { useAnswer } from '../use-answer.js';
import { useJob } from '../use-job.js';

/** From a file to a run: choose or drop it, look at what its columns mean, start. */
export function NewRunPage({ query }: { query: URLSearchParams }): ReactElement {
  const dataset = query.get('dataset');
  return dataset === null ? <Choose /> : <Prepare key={dataset} dataset={dataset} plan={query.get('plan')} />;
}

function Choose(): ReactElement {
  const list = useAnswer('/datasets', datasetList);
  return (
    <div className="stack">
      <h1>Start a run</h1>
      <Drop />
      <Ready of={list}>
        {({ datasets, cut: more }) =>
          datasets.length === 0 ? (
            <Empty>No data file lies in the folders this server may read.</Empty>
          ) : (
            <Panel label="Files">
              <table>
                <caption className="sr">Data files in the folders this server may read</caption>
                <thead>
                  <tr>
                    <th scope="col">File</th>
                    <th scope="col" className="number">
                      Size
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {datasets.map((d) => (
                    <tr key={d.id}>
                      <th scope="row">
                        <Link to={`/runs/new?dataset=${encodeURIComponent(d.id)}`}>{visible(d.id)}</Link>
                      </th>
                      <td className="number">{count(Math.ceil(d.bytes / 1024))} KiB</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {more ? <p className="small">There are more; these are the first.</p> : null}
            </Panel>
          )
        }
      </Ready>
    </div>
  );
}

function Drop(): ReactElement {
  const [over, setOver] = useState(false);
  const [state, setState] = useState<string | null>(null);
  const take = (file: File | undefined): void => {
    if (file === undefined) return;
    setState(`Copying ${file.name} …`);
    ask(`/datasets?name=${encodeURIComponent(file.name)}`, uploaded, { method: 'POST', body: file }).then(
      ({ dataset }) => go(`/runs/new?dataset=${encodeURIComponent(dataset)}`),
      (thrown: unknown) => setState(problemOf(thrown).message),
    );
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <>
      <label
        className={over ? 'drop over' : 'drop'}
        onDragOver={(e) => {
          e.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        Drop a CSV or Parquet file here, or choose one. It stays on this machine.
        <input
          type="file"
          aria-label="Choose a data file"
          accept=".csv,.tsv,.jsonl,.parquet,.arrow,.gz,.zst"
          onChange={(e) => take(e.target.files?.[0])}
        />
      </label>
      <p role="status">{state}</p>
    </>
  );
}

/** The choices of an earlier plan stand in the form, so that a link to it shows the same. */
function Prepare({ dataset, plan }: { dataset: string; plan: string | null }): ReactElement {
  const answer = useAnswer(`/datasets/preview?dataset=${encodeURIComponent(dataset)}`, preview);
  const planned = useJob(plan);
  return (
    <>
      <nav className="crumbs" aria-label="Way here">
        <Link to="/runs/new">Start a run</Link> / {visible(dataset)}
      </nav>
      <Ready page of={answer}>
        {(found) =>
          plan !== null && planned === null ? <Loading page /> : <RunForm found={found} planned={planned} />
        }
      </Ready>
    </>
  );
}
