import type { ReactElement, ReactNode } from 'react';
import { Glyph } from '../../../reports/renderers/html/glyph.js';
import type { DataState } from '../../contract/rows.js';
import type { Problem as Said } from '../../contract/problem.js';
import { Link } from '../address.js';
import type { Answer } from '../use-answer.js';

/**
 * What is asked for, as soon as it is there; until then grey lines, and on a problem what to do. `page` where all of the
 * page waits for it: what is said then is its heading.
 */
export function Ready<T>(props: { of: Answer<T>; page?: boolean; children: (value: T) => ReactNode }): ReactElement {
  const { of, page = false, children } = props;
  if (of.state === 'loading') return <Loading page={page} />;
  if (of.state === 'problem') return <Problem problem={of.problem} page={page} />;
  return <>{children(of.value)}</>;
}

export function Loading({ page = false }: { page?: boolean }): ReactElement {
  const Said = page ? 'h1' : 'span';
  return (
    <div className="loading" role="status">
      <Said className="sr">Loading</Said>
      <span />
      <span />
      <span />
    </div>
  );
}

export function Problem({ problem, page = false }: { problem: Said; page?: boolean }): ReactElement {
  const Message = page ? 'h1' : 'strong';
  return (
    <div className="strip cost-strip" role="alert">
      <Glyph name="failed" word="problem" />
      <div>
        <Message>{problem.message}</Message>{' '}
        {problem.code === 'session-unknown' ? null : <Link to="/">All runs of this folder</Link>}
      </div>
    </div>
  );
}

/** What was looked for and not there. */
export function Empty({ children }: { children: ReactNode }): ReactElement {
  return <p className="note empty">{children}</p>;
}

/** Why no row of the data behind a run can be shown. */
export const withoutData: Readonly<Record<Exclude<DataState, 'as-run'>, string>> = {
  changed: 'The data changed since this run, so its rows cannot be told apart any more. Run again to see them.',
  absent: 'The data is not in a folder this server may read. Start it with the folder: assay serve FOLDER.',
};
