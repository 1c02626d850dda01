import type { Request, Response } from 'express';
import { jobEvent, type Job, type JobEvent } from '../../contract/jobs.js';
import { blockOf, type Numbered } from './event-log.js';
import type { LiveJob } from './jobs.js';

/** Bytes that may wait for a slow reader; one that is further behind gets a snapshot when it has caught up. */
const mostWaiting = 256 * 1024;

/**
 * Streams the events of a job. A reader that comes back with `Last-Event-ID` gets what it missed, or a snapshot where
 * that is not known any more. The stream ends with the job.
 */
export function streamEvents(live: LiveJob, request: Request, response: Response): void {
  open(response);
  let behind = false;
  const send = ({ event, block }: Pick<Numbered, 'event' | 'block'>): void => {
    response.write(block);
    if (event.kind === 'end') response.end();
  };
  const say = (event: JobEvent): void => send({ event, block: blockOf(live.events.last(), event) });
  const snapshot = (): void =>
    say({
      kind: 'snapshot',
      job: live.job,
      steps: live.steps.all(),
      news: live.news.all(),
      elapsed: live.elapsed(),
    });
  const missed = live.events.after(request.get('last-event-id') ?? '');
  if (missed === null) snapshot();
  else for (const one of missed) send(one);
  if (!response.writableEnded && live.job.state !== 'running') say({ kind: 'end', job: live.job });
  if (response.writableEnded) return;
  const stop = live.events.listen((one) => {
    behind ||= response.writableLength > mostWaiting;
    if (!behind || one.event.kind === 'end') send(one);
  });
  response.on('drain', () => {
    if (!behind) return;
    behind = false;
    snapshot();
  });
  const alive = setInterval(() => response.write(':\n\n'), 15_000);
  response.once('close', () => {
    clearInterval(alive);
    stop();
  });
}

/** The stream of a job that is over: what became of it. */
export function streamPast(job: Job, response: Response): void {
  open(response);
  const event: JobEvent = { kind: 'end', job };
  response.end(`data: ${JSON.stringify(jobEvent.parse(event))}\n\n`);
}

function open(response: Response): void {
  response.set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
}
