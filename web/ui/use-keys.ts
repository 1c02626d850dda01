import { useEffect } from 'react';
import { singleKeysAct } from './single-keys.js';

/** Acts on keys that are pressed outside of fields and without Ctrl, Alt or Meta; Enter on a link or button is theirs. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const act = (event: KeyboardEvent): void => {
      const taken = event.key === 'Enter' ? 'input, textarea, select, a, button, summary' : 'input, textarea, select';
      const elsewhere = event.target instanceof Element && event.target.closest(taken) !== null;
      if (event.ctrlKey || event.metaKey || event.altKey || elsewhere) return;
      // Escape, Enter and the like are no letters, and stay.
      if (event.key.length === 1 && !singleKeysAct()) return;
      const work = keys[event.key];
      if (work === undefined) return;
      event.preventDefault();
      work();
    };
    addEventListener('keydown', act);
    return () => removeEventListener('keydown', act);
  });
}
