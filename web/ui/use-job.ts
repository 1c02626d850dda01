import { useEffect, useState } from 'react';
import { job as jobSchema, type Job } from '../contract/jobs.js';
import { pathTo } from './address.js';
import { ask } from './api.js';

/** Milliseconds between two looks at a job that goes on. */
const pause = 1000;

/** A job as it stands, looked at until it ends; null until it is known, and where there is none. */
export function useJob(id: string | null): Job | null {
  const [job, setJob] = useState<Job | null>(null);
  useEffect(() => {
    if (id === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const gone = new AbortController();
    const look = (): void => {
      ask(pathTo('jobs', id), jobSchema, { signal: gone.signal }).then(
        (found) => {
          if (gone.signal.aborted) return;
          setJob(found);
          if (found.state === 'running') timer = setTimeout(look, pause);
        },
        () => {
          if (!gone.signal.aborted) timer = setTimeout(look, 3 * pause);
        },
      );
    };
    look();
    return () => {
      gone.abort();
      clearTimeout(timer);
    };
  }, [id]);
  return job?.id === id ? job : null;
}
