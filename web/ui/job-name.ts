import { visible } from '../../reports/format.js';
import type { JobRequest } from '../contract/jobs.js';

/** What a job works on, for people. */
export function jobName(request: JobRequest): string {
  const name = visible(request.dataset);
  return 'before' in request ? `${visible(request.before)} → ${name}` : name;
}
