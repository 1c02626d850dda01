import type { ReactElement, ReactNode } from 'react';

/** The bar on top: the name, what the page is about, and the buttons that scripts bring to life. */
export function TopBar({ children }: { children?: ReactNode }): ReactElement {
  return (
    <header>
      <div className="bar">
        <strong>Assay</strong>
        {children}
        <span className="tools" hidden>
          <span className="choice" role="group" aria-label="Theme">
            <button type="button" data-theme-set="light" aria-pressed="false">
              Light
            </button>
            <button type="button" data-theme-set="dark" aria-pressed="false">
              Dark
            </button>
          </span>
          <button
            type="button"
            data-keys=""
            aria-pressed="true"
            title="t turns light and dark, / goes to the filter of columns; press to turn these keys off"
          >
            Keys
          </button>
          <button type="button" data-print="">
            Print
          </button>
        </span>
      </div>
    </header>
  );
}
