import { jobEvent, type JobEvent } from '../contract/jobs.js';
import { send } from './api.js';

/** Seconds between tries to reach a stream that broke off. */
const pause = 1500;

/**
 * Follows the events of a job until it ends or `signal` is raised. A stream that breaks off is resumed behind the last
 * event seen. `EventSource` could not carry the token.
 */
export async function followJob(
  id: string,
  take: (event: JobEvent) => void,
  broken: (thrown: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  let last = '';
  let ended = false;
  while (!ended && !signal.aborted) {
    try {
      const headers = last === '' ? {} : { 'last-event-id': last };
      const response = await send(`/jobs/${encodeURIComponent(id)}/events`, { headers, signal });
      for await (const block of blocks(response, signal)) {
        last = field(block, 'id') ?? last;
        const data = field(block, 'data');
        const event = data === null ? null : (jobEvent.safeParse(JSON.parse(data)).data ?? null);
        if (event === null) continue;
        take(event);
        ended ||= event.kind === 'end';
      }
    } catch (thrown) {
      if (!signal.aborted) broken(thrown);
    }
    if (!ended) await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** The stream cut at its empty lines. */
async function* blocks(response: Response, signal: AbortSignal): AsyncGenerator<string> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done || signal.aborted) return;
    const parts = (rest + value).split('\n\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

function field(block: string, name: string): string | null {
  const line = block.split('\n').find((l) => l.startsWith(`${name}: `));
  return line === undefined ? null : line.slice(name.length + 2);
}
