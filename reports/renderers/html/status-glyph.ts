import type { Status } from '../../defect-table.js';
import type { GlyphName } from './glyph.js';

/** The shape and word of what became of a check. */
export function statusGlyph(status: Status): { readonly name: GlyphName; readonly word: string } {
  return glyphs[status];
}

const glyphs: Readonly<Record<Status, { readonly name: GlyphName; readonly word: string }>> = {
  problem: { name: 'fails', word: 'problem' },
  suspect: { name: 'warns', word: 'suspect' },
  nothing: { name: 'passes', word: 'note' },
  failed: { name: 'failed', word: 'failed' },
  cancelled: { name: 'stopped', word: 'stopped' },
  'not-applicable': { name: 'not-applicable', word: 'not applicable' },
};
