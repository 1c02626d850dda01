import type { ReactElement, ReactNode } from 'react';
import { Link, pathTo } from '../address.js';

/** The way here: runs, the run, then what is shown. */
export function Crumbs({ run, children }: { run: string; children?: ReactNode }): ReactElement {
  return (
    <nav className="crumbs" aria-label="Way here">
      <Link to="/">Runs</Link> / <Link to={pathTo('runs', run)}>{run}</Link>
      {children === undefined ? null : <> / {children}</>}
    </nav>
  );
}
