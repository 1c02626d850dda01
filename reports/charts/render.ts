import type { TopLevelSpec } from 'vega-lite';
import { theme } from './theme.js';

/** A chart as an SVG element: its inside and its size in CSS pixels. */
export interface Chart {
  readonly body: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a specification without a canvas. Colours stay `var(--token)`, so one drawing serves light, dark and print.
 * Ids are renumbered under `id`, which is unique on the page, so the same chart gives the same bytes and charts do not
 * clash; roles are removed, because the figure around the chart has a name and a table.
 */
export async function renderChart(id: string, spec: TopLevelSpec): Promise<Chart> {
  // Loaded by the first chart: a command that draws none does not wait for them.
  const [{ parse, View }, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const { spec: compiled } = compile(spec, { config: theme });
  const view = new View(parse(compiled), { renderer: 'none' });
  try {
    return chartOf(id, await view.toSVG());
  } finally {
    view.finalize();
  }
}

function chartOf(id: string, svg: string): Chart {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const body = svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>$/, '');
  return { body: renumbered(id, stripped(body)), width: Number(width), height: Number(height) };
}

/** Without what only Vega's own scripts and screen reader texts need. Attribute values never hold a raw `<` or `"`. */
function stripped(body: string): string {
  return body
    .replace(/ (?:class|role|aria-[a-z]+|pointer-events|font-family)="[^"]*"/g, '')
    .replace(/<path d="[^"]*" display="none"\/>/g, '')
    .replace(/<path d="M0,0h0v0h0Z"\/>/g, '')
    .replace(/ (?:opacity|stroke-width)="1"/g, '')
    .replace(/<g><\/g>/g, '');
}

function renumbered(id: string, body: string): string {
  const ids = [...body.matchAll(/ id="([^"]+)"/g)].map((m) => m[1] ?? '');
  return ids.reduce(
    (text, old, i) =>
      text.replaceAll(` id="${old}"`, ` id="${id}-${i}"`).replaceAll(`url(#${old})`, `url(#${id}-${i})`),
    body,
  );
}
