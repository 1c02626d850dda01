import { useEffect } from 'react';

/** Acts on keys that are pressed outside of fields and without Ctrl, Alt or Meta. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const act = (event: KeyboardEvent): void => {
      const inField = event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
      if (event.ctrlKey || event.metaKey || event.altKey || inField) return;
      const work = keys[event.key];
      if (work === undefined) return;
      event.preventDefault();
      work();
    };
    addEventListener('keydown', act);
    return () => removeEventListener('keydown', act);
  });
}
