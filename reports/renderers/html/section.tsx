import type { ReactElement, ReactNode } from 'react';

/** A part of the report: its heading is a finding, the note says how to read what follows. */
export function Section(props: { id: string; title: string; note?: ReactNode; children?: ReactNode }): ReactElement {
  const { id, title, note, children } = props;
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {note === undefined ? null : <p className="note">{note}</p>}
      {children}
    </section>
  );
}

/** A bordered panel; wide content scrolls inside it and can be reached by keyboard. */
export function Panel({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return (
    <div className="panel" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
