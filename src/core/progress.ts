/** A tree of work in progress. The command line draws it, the dashboard streams it; results never depend on it. */
export interface Progress {
  /** A child step; `total` in units of the step (rows, trainings), null where it is not known. */
  step(name: string, total?: number | null): Progress;
  /** Says a total anew, where less turned out to be needed than was foreseen. */
  expect(total: number): void;
  /** Marks `units` as done (1 by default). */
  advance(units?: number): void;
  /** Ends the step; later calls on it do nothing. */
  end(): void;
}

/** What a listener is told, at most once per change. `path` names the step and its parents. */
export interface ProgressEvent {
  readonly path: readonly string[];
  readonly state: 'started' | 'advanced' | 'ended';
  readonly done: number;
  readonly total: number | null;
}

/** A progress tree that tells `listener` of each change; without a listener it is silent. */
export function createProgress(listener: (event: ProgressEvent) => void = () => {}): Progress {
  return node([], null, listener);
}

function node(path: readonly string[], total: number | null, listener: (event: ProgressEvent) => void): Progress {
  let done = 0;
  let ended = false;
  let foreseen = total;
  const tell = (state: ProgressEvent['state']): void => listener({ path, state, done, total: foreseen });
  if (path.length > 0) tell('started');
  return {
    step: (name, childTotal = null) => node([...path, name], childTotal, listener),
    expect: (now) => {
      if (ended || now === foreseen) return;
      foreseen = now;
      tell('advanced');
    },
    advance: (units = 1) => {
      if (ended) return;
      done += units;
      tell('advanced');
    },
    end: () => {
      if (ended) return;
      ended = true;
      tell('ended');
    },
  };
}
