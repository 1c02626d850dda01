import type { ReactElement } from 'react';
import { visible } from '../../../reports/format.js';
import { Panel } from '../../../reports/renderers/html/section.js';
import type { Job } from '../../contract/jobs.js';
import { Link, pathTo } from '../address.js';
import { Problem } from './states.js';
import { duration } from './when.js';

/** What a run would train and how long that takes, before anything is trained for it; `stale` where other choices stand now. */
export function PlanPanel({ job, stale }: { job: Job; stale: boolean }): ReactElement {
  if (job.state === 'running')
    return (
      <p className="note" role="status">
        Looking at the data and timing two trainings to make the plan …{' '}
        <Link to={pathTo('jobs', job.id)}>its steps</Link>
      </p>
    );
  if (job.plan === null)
    return (
      <Problem problem={{ code: 'plan', message: visible(job.problem ?? 'No plan was made. Ask for it again.') }} />
    );
  return (
    <Panel label="Plan">
      <h2>{stale ? 'A plan for other choices; ask for it again' : 'What the run will do'}</h2>
      <p className="note">
        Looking took {duration(seconds(job))} and is done again; the trainings take at most about{' '}
        {duration(job.plan.seconds)}, as two of them were timed on this machine.
      </p>
      <table className={stale ? 'faint' : ''}>
        <caption className="sr">The plan of trainings</caption>
        <tbody>
          {job.plan.lines.map(({ name, text }, i) => (
            <tr key={i}>
              <th scope="row">{name}</th>
              <td>{visible(text)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function seconds({ startedAt, endedAt }: Job): number {
  return (Date.parse(endedAt ?? startedAt) - Date.parse(startedAt)) / 1000;
}
