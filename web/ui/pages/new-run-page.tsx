import { useState, type DragEvent, type ReactElement } from 'react';
import { count, cut, plural, visible } from '../../../reports/format.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import { datasetList, preview, roleNames, uploaded, type Preview, type RoleName } from '../../contract/datasets.js';
import { job, type JobRequest } from '../../contract/jobs.js';
import { go, Link, pathTo } from '../address.js';
import { ask, problemOf, tell } from '../api.js';
import { Empty, Problem, Ready } from '../parts/states.js';
import { useAnswer } from '../use-answer.js';

/** From a file to a run: choose or drop it, look at what its columns mean, start. */
export function NewRunPage({ query }: { query: URLSearchParams }): ReactElement {
  const dataset = query.get('dataset');
  return dataset === null ? <Choose /> : <Prepare key={dataset} dataset={dataset} />;
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

function Prepare({ dataset }: { dataset: string }): ReactElement {
  const answer = useAnswer(`/datasets/preview?dataset=${encodeURIComponent(dataset)}`, preview);
  return (
    <>
      <nav className="crumbs" aria-label="Way here">
        <Link to="/runs/new">Start a run</Link> / {visible(dataset)}
      </nav>
      <Ready of={answer}>{(found) => <Form found={found} />}</Ready>
    </>
  );
}

function Form({ found }: { found: Preview }): ReactElement {
  const [roles, setRoles] = useState<Readonly<Partial<Record<RoleName, string>>>>({});
  const [positive, setPositive] = useState('');
  const [minutes, setMinutes] = useState(2);
  const [problem, setProblem] = useState<ReturnType<typeof problemOf> | null>(null);
  const [busy, setBusy] = useState(false);
  const start = (depth: JobRequest['depth']): void => {
    setBusy(true);
    const budget = Math.max(1, Math.round(minutes * 60));
    const given = positive === '' ? {} : { positive };
    tell('/jobs', job, { dataset: found.dataset, depth, roles, ...given, budget, seed: 1 }).then(
      ({ id }) => go(pathTo('jobs', id)),
      (thrown: unknown) => {
        setProblem(problemOf(thrown));
        setBusy(false);
      },
    );
  };
  return (
    <div className="stack">
      <h1>
        {plural(found.rows, 'row')} × {plural(found.columns.length, 'column')} in {cut(found.dataset, 40)}
      </h1>
      {found.rejected === 0 ? null : (
        <p className="note">{plural(found.rejected, 'malformed line was', 'malformed lines were')} set aside.</p>
      )}
      {found.problem === null ? null : <Problem problem={{ code: 'roles', message: found.problem }} />}
      <Panel label="Roles">
        <h2>What the columns mean</h2>
        <p className="note">As read from names and values. Change what is wrong; what stays empty is inferred.</p>
        <div className="fields">
          {roleNames.map((role) => (
            <RoleField
              key={role}
              role={role}
              found={found}
              value={roles[role] ?? ''}
              set={(column) => setRoles(withRole(roles, role, column))}
            />
          ))}
          <label htmlFor="positive">Counts as 1</label>
          <input
            id="positive"
            value={positive}
            placeholder={found.positive ?? 'inferred'}
            onChange={(e) => setPositive(e.target.value)}
          />
          <span className="small">The label value that counts as 1.</span>
          <label htmlFor="minutes">Minutes</label>
          <input
            id="minutes"
            type="number"
            min="0.1"
            max="1440"
            step="any"
            value={minutes}
            onChange={(e) => setMinutes(Number(e.target.value))}
          />
          <span className="small">
            Time for trainings; it is turned into a plan once, and the same plan gives the same report.
          </span>
        </div>
      </Panel>
      {problem === null ? null : <Problem problem={problem} />}
      <div className="actions">
        <button type="button" className="primary" disabled={busy} onClick={() => start('run')}>
          Start the run, about {Math.max(1, Math.round(minutes))} min
        </button>
        <button type="button" disabled={busy} onClick={() => start('audit')}>
          Look first, without measuring
        </button>
      </div>
      <Columns found={found} />
    </div>
  );
}

function withRole(
  roles: Readonly<Partial<Record<RoleName, string>>>,
  role: RoleName,
  column: string,
): Readonly<Partial<Record<RoleName, string>>> {
  const { [role]: _, ...others } = roles;
  return column === '' ? others : { ...others, [role]: column };
}

function RoleField(props: {
  role: RoleName;
  found: Preview;
  value: string;
  set: (column: string) => void;
}): ReactElement {
  const { role, found, value, set } = props;
  const inferred = found.roles.find((r) => r.role === role);
  return (
    <>
      <label htmlFor={`role-${role}`}>{role}</label>
      <select id={`role-${role}`} value={value} onChange={(e) => set(e.target.value)}>
        <option value="">{inferred === undefined ? 'none found' : `${cut(inferred.column, 30)} (inferred)`}</option>
        {found.columns.map((c) => (
          <option key={c.name} value={c.name}>
            {cut(c.name, 40)}
          </option>
        ))}
      </select>
      <span className="small">{inferred === undefined ? '' : visible(inferred.reason)}</span>
    </>
  );
}

/** Columns drawn of a wide file. */
const shown = 200;

function Columns({ found }: { found: Preview }): ReactElement {
  return (
    <Panel label="Columns">
      <table>
        <caption className="sr">Columns with type and examples</caption>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Type</th>
            <th scope="col">Examples</th>
          </tr>
        </thead>
        <tbody>
          {found.columns.slice(0, shown).map((c) => (
            <tr key={c.name}>
              <th scope="row">
                <code>{visible(c.name)}</code>
              </th>
              <td>{visible(c.type)}</td>
              <td className="small">{c.examples.map((e) => cut(e, 30)).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.columns.length > shown ? (
        <p className="small">
          The first {shown} of {found.columns.length}.
        </p>
      ) : null}
    </Panel>
  );
}
