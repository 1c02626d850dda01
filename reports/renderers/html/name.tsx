import type { ReactElement } from 'react';
import { cut, visible } from '../../format.js';

/** A user's name or value in the code face: cut in the middle, the full text on hover and focus. */
export function Name({ of, width = 34 }: { of: string; width?: number }): ReactElement {
  const full = visible(of);
  const short = cut(of, width);
  if (short === full) return <code className="name">{full === '' ? '(empty)' : full}</code>;
  return (
    <code className="name cut" title={full} data-full={full} tabIndex={0}>
      <span aria-hidden="true">{short}</span>
      <span className="sr">{full}</span>
    </code>
  );
}
