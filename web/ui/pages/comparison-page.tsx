import type { ReactElement } from 'react';
import { ComparisonSections } from '../../../reports/comparison/sections.js';
import { count, plural, visible } from '../../../reports/format.js';
import { storedComparison } from '../../contract/comparisons.js';
import { Link, pathTo } from '../address.js';
import { Ready } from '../parts/states.js';
import { useAnswer } from '../use-answer.js';

/** Two data sets compared: whether AUC differs, by how much, and which changes explain it. */
export function ComparisonPage({ id }: { id: string }): ReactElement {
  const answer = useAnswer(pathTo('comparisons', id), storedComparison);
  return (
    <>
      <nav className="crumbs" aria-label="Way here">
        <Link to="/">Runs</Link> / <Link to={pathTo('jobs', id)}>{id}</Link> / comparison
      </nav>
      <Ready page of={answer}>
        {({ found, chart }) => (
          <>
            <p className="note">
              A <code>{visible(found.a.name)}</code>, {plural(found.a.rows, 'row')}; B{' '}
              <code>{visible(found.b.name)}</code>, {plural(found.b.rows, 'row')}; seed {count(found.how.seed)}.
            </p>
            <ComparisonSections found={found} chart={chart} />
          </>
        )}
      </Ready>
    </>
  );
}
