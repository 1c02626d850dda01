import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { Problem } from '../contract/problem.js';
import { ask, problemOf } from './api.js';

/** An answer of the server as it comes in. */
export type Answer<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'problem'; readonly problem: Problem };

/** Asks when the path changes, or `round` does; null asks nothing. What was asked before is dropped. */
export function useAnswer<T>(path: string | null, schema: z.ZodType<T>, round = 0): Answer<T> {
  const [answer, setAnswer] = useState<{ path: string | null; found: Answer<T> }>({
    path,
    found: { state: 'loading' },
  });
  useEffect(() => {
    if (path === null) return undefined;
    const gone = new AbortController();
    const settle = (found: Answer<T>): void => {
      if (!gone.signal.aborted) setAnswer({ path, found });
    };
    ask(path, schema, { signal: gone.signal }).then(
      (value) => settle({ state: 'ready', value }),
      (thrown: unknown) => settle({ state: 'problem', problem: problemOf(thrown) }),
    );
    return () => gone.abort();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new round asks for the same again
  }, [path, schema, round]);
  return answer.path === path ? answer.found : { state: 'loading' };
}
