/**
 * What personal data look like, as RE2 patterns without groups that capture: the detector looks for them in the engine,
 * and outputs are masked by the same ones. A pattern says what a value looks like, not whose it is.
 */
export interface PersonalKind {
  readonly name: string;
  readonly says: string;
  readonly pattern: string;
  /** Characters of the shortest text that matches: shorter cells are not looked at, which saves most of the time. */
  readonly least: number;
  /** Digits of a match must pass the check of ISO/IEC 7812-1 (Luhn), which one number in ten passes by chance. */
  readonly luhn?: true;
}

const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';

export const personalKinds: readonly PersonalKind[] = [
  {
    name: 'email',
    says: 'e-mail addresses',
    pattern: '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,}',
    least: 6,
  },
  {
    // ITU-T E.164: at most 15 digits after the plus; or ten digits in groups of 3, 3 and 4.
    name: 'phone',
    says: 'phone numbers',
    pattern: '\\+[0-9](?:[ .()-]{0,2}[0-9]){7,14}\\b|(?:\\b|\\()[0-9]{3}\\)?[ .-][0-9]{3}[ .-][0-9]{4}\\b',
    least: 9,
  },
  {
    name: 'card',
    says: 'card numbers',
    pattern: '\\b[3-6][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{1,7}\\b',
    least: 13,
    luhn: true,
  },
  {
    // Social security numbers of the US and national insurance numbers of the UK.
    name: 'national-id',
    says: 'national ids',
    pattern: '\\b[0-8][0-9]{2}-[0-9]{2}-[0-9]{4}\\b|\\b[A-CEGHJ-PR-TW-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\\b',
    least: 9,
  },
  {
    // Not after a slash or a dot: those are versions, as in the name of a browser.
    name: 'ip',
    says: 'IP addresses',
    pattern: `(?:^|[^0-9A-Za-z./-])(?:${octet}\\.){3}${octet}(?:$|[^0-9A-Za-z.])|\\b(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}\\b`,
    least: 7,
  },
  {
    name: 'token',
    says: 'access tokens or keys',
    pattern:
      '\\bA[KS]IA[0-9A-Z]{16}\\b|\\bgh[pousr]_[A-Za-z0-9]{36}|\\bsk_(?:live|test)_[A-Za-z0-9]{16,}|\\beyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}|\\bxox[abpr]-[0-9A-Za-z-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY-----',
    least: 15,
  },
];

/** Words of column names that say what their values are; matched against the words of a name, joined by blanks. */
export const personalNames: RegExp =
  /\b(e ?mail|phone|mobile|telephone|fax|ssn|social security|passport|iban|card (number|no)|(first|last|given|middle|full|sur|maiden) ?name|surname|forename|date of birth|birth ?date|dob|street|address ?[0-9]?|ip addr(ess)?|password|secret|token|national id|tax id)\b/;

/** The words of a column name in lower case: `userEmail_2` is `user email 2`. */
export function wordsOfName(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Za-z])([0-9])/g, '$1 $2')
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** A value with its letters and digits taken out, at most 40 characters: what it looks like, and nothing of what it says. */
export function shapeOf(value: string): string {
  const shape = value.slice(0, 40).replaceAll(/\p{L}/gu, 'x').replaceAll(/\p{N}/gu, '9');
  return value.length > 40 ? `${shape}…` : shape;
}
