import type { ReactElement } from 'react';
import { TopBar } from '../../reports/renderers/html/top-bar.js';

/** What went wrong and where to go next; never a stack. */
export function ProblemPage({ title, text }: { title: string; text: string }): ReactElement {
  return (
    <>
      <TopBar />
      <main id="main" className="plain">
        <h1>{title}</h1>
        <p className="note">{text}</p>
        <p>
          <a href="/">All runs of this folder</a>
        </p>
      </main>
    </>
  );
}
