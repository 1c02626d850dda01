import type { ReactElement } from 'react';

/** Shapes that carry a state; each has a word for those who do not see it. */
export type GlyphName =
  | 'fails'
  | 'warns'
  | 'passes'
  | 'not-applicable'
  | 'failed'
  | 'stopped'
  | 'costs'
  | 'not-resolved'
  | 'pays'
  | 'hurts';

const shapes: Readonly<Record<GlyphName, readonly [className: string, path: string]>> = {
  fails: ['solid cost', 'M6 0.5L11.5 6L6 11.5L0.5 6Z'],
  warns: ['open warn', 'M6 1.2L11.2 10.6H0.8Z'],
  passes: ['open quiet', 'M1.5 6.5L4.8 9.8L10.8 2.6'],
  'not-applicable': ['open quiet', 'M2 6H10'],
  failed: ['open cost', 'M2 2L10 10M10 2L2 10'],
  stopped: ['open warn', 'M3.5 2V10M8.5 2V10'],
  costs: ['solid cost', 'M6 2A4 4 0 1 1 6 10A4 4 0 1 1 6 2Z'],
  'not-resolved': ['open quiet', 'M6 2A4 4 0 1 1 6 10A4 4 0 1 1 6 2Z'],
  pays: ['solid gain', 'M2 2H10V10H2Z'],
  hurts: ['open cost', 'M2.5 2.5L9.5 9.5M9.5 2.5L2.5 9.5'],
};

export function Glyph({ name, word }: { name: GlyphName; word?: string }): ReactElement {
  const [className, path] = shapes[name];
  return (
    <>
      <svg className={`glyph ${className}`} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d={path} />
      </svg>
      {word === '' ? null : <span className="sr">{word ?? name.replace('-', ' ')}: </span>}
    </>
  );
}
