import { useState, type ReactElement } from 'react';
import { cut, plural, visible } from '../../../reports/format.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import { roleNames, type Preview, type RoleName } from '../../contract/datasets.js';
import { job as jobSchema, type Job, type JobRequest } from '../../contract/jobs.js';
import { go, pathTo, withQuery } from '../address.js';
import { problemOf, tell } from '../api.js';
import { CompareWith } from './compare-with.js';
import { PlanPanel } from './plan-panel.js';
import { Problem } from './states.js';
import { duration } from './when.js';

type Choices = Pick<JobRequest, 'roles' | 'positive' | 'budget'>;

const seed = 1;

/**
 * What a run is told: roles, the label value that counts as 1, time. It can be planned first, which trains nothing, and a
 * run that follows the plan takes what the plan says.
 */
export function RunForm({ found, planned }: { found: Preview; planned: Job | null }): ReactElement {
  const [roles, setRoles] = useState(planned?.request.roles ?? {});
  const [positive, setPositive] = useState(planned?.request.positive ?? '');
  const [minutes, setMinutes] = useState((planned?.request.budget ?? 120) / 60);
  const [problem, setProblem] = useState<ReturnType<typeof problemOf> | null>(null);
  const [busy, setBusy] = useState(false);
  const choices: Choices = {
    roles,
    ...(positive === '' ? {} : { positive }),
    budget: Math.max(1, Math.round(minutes * 60)),
  };
  const same = planned !== null && sameChoices(planned.request, choices);
  const plan = same && planned.plan !== null ? planned.id : null;
  const send = (request: JobRequest, then: (job: Job) => void): void => {
    setBusy(true);
    setProblem(null);
    tell('/jobs', jobSchema, request)
      .then(then, (thrown: unknown) => setProblem(problemOf(thrown)))
      .finally(() => setBusy(false));
  };
  const asked = { dataset: found.dataset, ...choices, seed };
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
        <button
          type="button"
          className="primary"
          disabled={busy}
          onClick={() => send({ ...asked, depth: 'run', ...(plan === null ? {} : { plan }) }, open)}
        >
          {plan === null
            ? `Start the run, about ${duration(choices.budget)} of trainings`
            : `Start the run by this plan, about ${duration(totalSeconds(planned!))}`}
        </button>
        <button
          type="button"
          disabled={busy || (same && planned.state === 'running')}
          onClick={() => send({ ...asked, depth: 'plan' }, ({ id }) => go(withQuery({ plan: id }), true))}
        >
          Show plan and time first
        </button>
        <button type="button" disabled={busy} onClick={() => send({ ...asked, depth: 'audit' }, open)}>
          Look first, without measuring
        </button>
      </div>
      {planned === null ? null : <PlanPanel job={planned} stale={!same} />}
      <CompareWith dataset={found.dataset} busy={busy} start={(before) => send({ ...asked, before }, open)} />
      <Columns found={found} />
    </div>
  );
}

function open({ id }: Job): void {
  go(pathTo('jobs', id));
}

/** Looking took as long as it took to plan; the trainings are what the plan foresees. */
function totalSeconds({ plan, startedAt, endedAt }: Job): number {
  return (plan?.seconds ?? 0) + (Date.parse(endedAt ?? startedAt) - Date.parse(startedAt)) / 1000;
}

function sameChoices(request: Choices, { roles, positive, budget }: Choices): boolean {
  if (request.budget !== budget || request.positive !== positive) return false;
  return roleNames.every((role) => request.roles[role] === roles[role]);
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
