import type { ReactElement } from 'react';

/** A command or query to take along; the button appears where scripts run. */
export function CopyLine({ text, label }: { text: string; label: string }): ReactElement {
  return (
    <div className="copy">
      <code tabIndex={0}>{text}</code>
      <button type="button" data-copy={text} aria-label={`Copy ${label}`} hidden>
        Copy
      </button>
    </div>
  );
}
