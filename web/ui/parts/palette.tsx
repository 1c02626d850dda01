import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { visible } from '../../../reports/format.js';
import { runList } from '../../contract/runs.js';
import { go, pathTo } from '../address.js';
import { setSingleKeys, singleKeysAct } from '../single-keys.js';
import { useAnswer } from '../use-answer.js';

interface Place {
  readonly name: string;
  readonly hint: string;
  readonly to: string;
}

const pages: readonly Place[] = [
  { name: 'Datasets and runs', hint: 'g d', to: '/' },
  { name: 'Start a run', hint: 'n', to: '/runs/new' },
  { name: 'Gate, run by run', hint: 'g g', to: '/gate' },
  { name: 'Ledger of repairs and rules', hint: 'g l', to: '/ledger' },
];

const shown = 12;

/** Goes anywhere from the keyboard: pages, runs, and the parts of the run that is open. */
export function Palette({ run, close }: { run: string | null; close: () => void }): ReactElement {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [single, setSingle] = useState(singleKeysAct);
  const box = useRef<HTMLDialogElement>(null);
  const runs = useAnswer('/runs', runList);
  useEffect(() => box.current?.showModal(), []);
  const known = runs.state === 'ready' ? runs.value.runs : [];
  const places = [
    ...(run === null ? [] : partsOf(run)),
    ...pages,
    ...known.map((r) => ({ name: `${r.id} ${visible(r.name)}`, hint: 'run', to: pathTo('runs', r.id) })),
  ];
  const wanted = text.toLowerCase().split(/\s+/);
  const found = places.filter((p) => wanted.every((part) => p.name.toLowerCase().includes(part))).slice(0, shown);
  const chosen = Math.min(at, Math.max(0, found.length - 1));
  const open = (place: Place | undefined): void => {
    close();
    if (place !== undefined) go(place.to);
  };
  const act = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt(Math.min(found.length - 1, Math.max(0, chosen + step)));
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) open(found[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog ref={box} className="palette" aria-label="Go to" onClose={close} onKeyDown={act}>
      <input
        type="search"
        role="combobox"
        aria-label="Go to a page or a run"
        aria-expanded="true"
        aria-controls="palette-places"
        aria-activedescendant={found.length === 0 ? undefined : `palette-${chosen}`}
        placeholder="Go to a page or a run"
        value={text}
        onChange={(e) => {
          setText(e.target.value);
          setAt(0);
        }}
      />
      <ul id="palette-places" role="listbox" aria-label="Places">
        {found.map((place, i) => (
          <li
            key={place.to}
            id={`palette-${i}`}
            role="option"
            aria-selected={i === chosen}
            onClick={() => open(place)}
            onKeyDown={() => undefined}
          >
            <span>{place.name}</span> <kbd>{place.hint}</kbd>
          </li>
        ))}
      </ul>
      <p className="small">
        {found.length === 0 ? 'No page and no run matches.' : 'Up, down, Enter; Esc closes.'} Elsewhere: <kbd>/</kbd>{' '}
        filter, <kbd>t</kbd> theme, <kbd>j</kbd> <kbd>k</kbd> rows or steps, <kbd>Esc</kbd> up.
      </p>
      <button
        type="button"
        aria-pressed={!single}
        onClick={() => {
          setSingleKeys(!single);
          setSingle(!single);
        }}
      >
        Single keys do nothing
      </button>
    </dialog>
  );
}

function partsOf(run: string): readonly Place[] {
  return [
    { name: 'This run: columns', hint: 'part', to: pathTo('runs', run, 'columns') },
    { name: 'This run: recipe', hint: 'part', to: pathTo('runs', run, 'recipe') },
    { name: 'This run: doses', hint: 'part', to: pathTo('runs', run, 'dose') },
    { name: 'This run: report', hint: 'part', to: pathTo('runs', run) },
  ];
}
