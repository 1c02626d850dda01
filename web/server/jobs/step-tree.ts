import type { JobReport, JobStep } from '../../contract/jobs.js';

/** Steps of a job in the order in which they began, each as it stands; bounded. */
export interface StepTree {
  /** Takes in a message; `elapsed` in seconds since the job began. */
  take(event: JobReport & { kind: 'progress' }, elapsed: number): void;
  all(): readonly JobStep[];
  /** Steps that changed since the last call. */
  changed(): readonly JobStep[];
}

/** Steps that are kept; later ones are not shown. */
const most = 2000;

export function createStepTree(): StepTree {
  const steps = new Map<string, JobStep>();
  const dirty = new Set<string>();
  return {
    take: ({ path, state, done, total }, elapsed) => {
      const name = path.join('\u0000');
      const before = steps.get(name);
      if (before === undefined && steps.size >= most) return;
      const ended = state === 'ended';
      steps.set(name, {
        path,
        state: ended ? 'ended' : 'running',
        done,
        total,
        begun: before?.begun ?? elapsed,
        ended: ended ? elapsed : null,
      });
      dirty.add(name);
    },
    all: () => [...steps.values()],
    changed: () => {
      const names = [...dirty];
      dirty.clear();
      return names.flatMap((name) => steps.get(name) ?? []);
    },
  };
}
