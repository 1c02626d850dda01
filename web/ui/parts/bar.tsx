import { useState, type ReactElement } from 'react';
import { Link } from '../address.js';
import { isDark, setTheme } from '../theme.js';

/** The bar on top of every page: where one can go, and the theme. */
export function Bar({ path, open }: { path: string; open: () => void }): ReactElement {
  const [, draw] = useState(0);
  const choose = (theme: 'light' | 'dark'): void => {
    setTheme(theme);
    draw((n) => n + 1);
  };
  return (
    <header>
      <div className="bar">
        <Link to="/">Assay</Link>
        <nav className="areas" aria-label="Areas">
          <Link to="/" current={path === ''}>
            Runs
          </Link>
          <Link to="/runs/new" current={path === 'runs/new'}>
            Start a run
          </Link>
          <Link to="/gate" current={path === 'gate'}>
            Gate
          </Link>
          <Link to="/ledger" current={path === 'ledger'}>
            Ledger
          </Link>
        </nav>
        <span className="tools">
          <button type="button" onClick={open}>
            Go to <kbd>Ctrl K</kbd>
          </button>
          <span className="choice" role="group" aria-label="Theme">
            <button type="button" aria-pressed={!isDark()} onClick={() => choose('light')}>
              Light
            </button>
            <button type="button" aria-pressed={isDark()} onClick={() => choose('dark')}>
              Dark
            </button>
          </span>
        </span>
      </div>
    </header>
  );
}
