const key = 'assay-single-keys';

/** Whether keys act that are pressed alone; some press them unmeant, as by voice, and turn them off. */
export function singleKeysAct(): boolean {
  return localStorage.getItem(key) !== 'off';
}

export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(key);
  else localStorage.setItem(key, 'off');
}
