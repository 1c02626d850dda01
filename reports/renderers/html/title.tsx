import type { ReactElement } from 'react';
import { capital, cut, visible } from '../../format.js';

/** The title of a repair: cut in the middle where it is very long, the full text on hover and focus. */
export function Title({ of }: { of: string }): ReactElement {
  const full = capital(visible(of));
  const short = cut(full, 72);
  if (short === full) return <span>{full}</span>;
  return (
    <span className="name cut" title={full} data-full={full} tabIndex={0}>
      <span aria-hidden="true">{short}</span>
      <span className="sr">{full}</span>
    </span>
  );
}
