import { useEffect, useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import { go, useAddress, type Address } from './address.js';
import { ColumnsPage } from './pages/columns-page.js';
import { ComparePage } from './pages/compare-page.js';
import { ComparisonPage } from './pages/comparison-page.js';
import { DosePage } from './pages/dose-page.js';
import { FindingPage } from './pages/finding-page.js';
import { GatePage } from './pages/gate-page.js';
import { JobPage } from './pages/job-page.js';
import { LedgerPage } from './pages/ledger-page.js';
import { NewRunPage } from './pages/new-run-page.js';
import { RecipePage } from './pages/recipe-page.js';
import { RowPage } from './pages/row-page.js';
import { RunPage } from './pages/run-page.js';
import { RunsPage } from './pages/runs-page.js';
import { Bar } from './parts/bar.js';
import { Palette } from './parts/palette.js';
import { Problem } from './parts/states.js';
import { isDark, setTheme } from './theme.js';
import { useKeys } from './use-keys.js';

/** The dashboard: a bar, and the page that the address names. */
export function App(): ReactElement {
  const address = useAddress();
  const path = address.parts.join('/');
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useLayoutEffect(() => {
    // A new page is where reading goes on, for those who hear it too: before it is seen, so that no key
    // pressed on it is lost.
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the page changed where the path did
  }, [path]);
  const [palette, setPalette] = useState(false);
  const going = useRef(0);
  const run = address.parts[0] === 'runs' && address.parts[1] !== 'new' ? (address.parts[1] ?? null) : null;
  useEffect(() => {
    const open = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setPalette(true);
    };
    addEventListener('keydown', open);
    return () => removeEventListener('keydown', open);
  }, []);
  // The second key of "g d" and its like, within a second.
  const then = (to: string): void => {
    if (performance.now() - going.current < 1000) go(to);
  };
  useKeys({
    g: () => {
      if (performance.now() - going.current < 1000) go('/gate');
      else going.current = performance.now();
    },
    d: () => then('/'),
    l: () => then('/ledger'),
    '?': () => setPalette(true),
    t: () => setTheme(isDark() ? 'light' : 'dark'),
    n: () => go('/runs/new'),
    h: () => go('/'),
    '/': () => document.querySelector<HTMLInputElement>('input[type="search"]')?.focus(),
  });
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <Bar path={path} open={() => setPalette(true)} />
      {palette ? <Palette run={run} close={() => setPalette(false)} /> : null}
      <main id="main" className="plain" ref={main} tabIndex={-1}>
        <Page key={path} {...address} />
      </main>
    </>
  );
}

function Page({ parts, query }: Address): ReactElement {
  const [area, id, part, name] = parts;
  if (area === undefined) return <RunsPage query={query} />;
  if (area === 'compare') return <ComparePage query={query} />;
  if (area === 'comparisons' && id !== undefined) return <ComparisonPage id={id} />;
  if (area === 'ledger') return <LedgerPage />;
  if (area === 'gate') return <GatePage />;
  if (area === 'jobs' && id !== undefined) return <JobPage id={id} />;
  if (area === 'runs' && id === 'new') return <NewRunPage query={query} />;
  if (area === 'runs' && id !== undefined) {
    if (part === undefined) return <RunPage id={id} />;
    if (part === 'columns') return <ColumnsPage id={id} query={query} />;
    if (part === 'dose') return <DosePage id={id} query={query} />;
    if (part === 'recipe') return <RecipePage id={id} query={query} />;
    if (part === 'findings' && name !== undefined) return <FindingPage id={id} defect={name} query={query} />;
    if (part === 'rows' && name !== undefined) return <RowPage id={id} rowKey={name} />;
  }
  return <Problem page problem={{ code: 'not-found', message: 'There is nothing at this address.' }} />;
}
