/** Texts that stand for "nothing is known", trimmed and in lower case. */
export const nullWords: readonly string[] = [
  '',
  'na',
  'n/a',
  'n.a.',
  '#n/a',
  'nan',
  'null',
  '(null)',
  '\\n',
  'none',
  '(none)',
  'nil',
  'unknown',
  'unk',
  'undefined',
  'missing',
  'not available',
  'not applicable',
  '?',
  '-',
  '--',
  '---',
  '.',
];

/** Numbers that stand for it. */
export const sentinels: readonly number[] = [
  -1, 0, -9, -99, -999, -9999, -99999, -999999, 99, 999, 9999, 99999, 999999, 9999999,
];
