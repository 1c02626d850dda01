import { TextDecoder } from 'node:util';
import { AssayError } from '../../core/errors.js';

/**
 * What the first bytes of a text file are, where it is surely not UTF-8: UTF-16 by its mark or by the zero bytes
 * of Latin letters, Latin-1 by bytes that UTF-8 does not allow. Null where UTF-8 is possible.
 */
export function foreignEncoding(head: Buffer): string | null {
  if (head.length >= 2 && head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head.length >= 2 && head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const [even, odd] = zeros(head);
  if (odd > 0.2 && even < 0.05) return 'utf-16le';
  if (even > 0.2 && odd < 0.05) return 'utf-16be';
  return null;
}

/** Shares of zero bytes at even and odd places. */
function zeros(head: Buffer): readonly [even: number, odd: number] {
  const counts: [number, number] = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) counts[(i & 1) as 0 | 1]++;
  const half = Math.max(1, head.length / 2);
  return [counts[0] / half, counts[1] / half];
}

export function isUtf8(encoding: string | undefined): boolean {
  return encoding === undefined || /^utf-?8$/i.test(encoding);
}

/** A decoder for an encoding by its usual names (`latin-1`, `utf-16le`, `windows-1252`, `shift_jis` …). */
export function decoderFor(encoding: string): TextDecoder {
  const label = /^latin-1$/i.test(encoding) ? 'latin1' : encoding;
  try {
    return new TextDecoder(label, { fatal: true });
  } catch (error) {
    const expected = 'an encoding such as utf-8, utf-16le, latin-1 or windows-1252';
    throw new AssayError('option-invalid', { option: '--encoding', value: encoding, expected }, { cause: error });
  }
}
