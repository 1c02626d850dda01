import { jobEvent, type JobEvent } from '../../contract/jobs.js';

/** An event with its place in the stream of one job. */
export interface Numbered {
  /** `<session>-<n>`; another session of the server has other ids. */
  readonly id: string;
  readonly event: JobEvent;
  /** The event as it is sent, made once for all who listen. */
  readonly block: string;
}

/** Events of a job with their ids; the last ones are kept for readers that come back. */
export interface EventLog {
  add(event: JobEvent): void;
  /** What came after the event with this id; null where that is not known any more. */
  after(id: string): readonly Numbered[] | null;
  /** Id of the newest event. */
  last(): string;
  /** Is told of each new event; gives the way to stop it. */
  listen(listener: (event: Numbered) => void): () => void;
}

const keptEvents = 500;

export function createEventLog(session: string): EventLog {
  let n = 0;
  let kept: Numbered[] = [];
  const listeners = new Set<(event: Numbered) => void>();
  const last = (): string => `${session}-${n}`;
  return {
    add: (event) => {
      n++;
      const numbered = { id: last(), event, block: blockOf(last(), event) };
      kept = [...kept.slice(-keptEvents + 1), numbered];
      for (const listener of listeners) listener(numbered);
    },
    after: (id) => {
      if (id === last()) return [];
      const at = kept.findIndex((e) => e.id === id);
      return at < 0 ? null : kept.slice(at + 1);
    },
    last,
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** An event of a stream of server-sent events. */
export function blockOf(id: string, event: JobEvent): string {
  return `id: ${id}\ndata: ${JSON.stringify(jobEvent.parse(event))}\n\n`;
}
