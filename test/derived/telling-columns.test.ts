import { describe, expect, it } from 'vitest';
import type { Frame, Overlay } from '../../src/models/frame/frame.js';
import { createRandom } from '../../src/core/random.js';
import { mostShown, tellingColumns } from '../../src/derived/telling-columns.js';

const [rows, width] = [600, mostShown + 100];
const stride = 8 * Math.ceil(width / 8);
const random = createRandom(11);
/** Column 450 tells the label by its bins, 470 by its nulls; the others are chance. */
const label = Uint8Array.from({ length: rows }, (_, i) => Number(random.fork('label').at(i) < 0.3));
const bins = new Uint8Array(rows * stride);
for (let i = 0; i < rows; i++)
  for (let c = 0; c < width; c++) bins[i * stride + c] = Math.floor(random.fork(`c${c}`).at(i) * 20);
for (let i = 0; i < rows; i++) {
  bins[i * stride + 450] = label[i] === 1 ? 15 + (i % 5) : i % 15;
  if (label[i] === 1 && i % 3 > 0) bins[i * stride + 470] = 255;
}
const frame = { rows, stride, bins, columns: Array.from({ length: width }) } as unknown as Frame;
const all: Overlay = {
  columns: new Map(),
  masked: [],
  rows: Int32Array.from(label.keys()),
  label,
  weight: null,
  touched: 0,
};

describe('tellingColumns', () => {
  it('shows the columns that tell most, numbers by their order and nulls by themselves', () => {
    const { masked } = tellingColumns(frame, all);
    expect(masked).toHaveLength(100);
    expect(masked).not.toContain(450);
    expect(masked).not.toContain(470);
  });

  it('looks at the rows of the overlay alone, at its labels and its cells', () => {
    const turned = { ...all, label: label.map((y) => 1 - y), columns: new Map([[450, new Uint8Array(rows)]]) };
    expect(tellingColumns(frame, turned).masked).toContain(450);
    expect(tellingColumns(frame, turned).masked).not.toContain(470);
    const few = Int32Array.from({ length: 30 }, (_, i) => i);
    // With fewer than 20 rows on either side no column has a split, and the first ones are shown.
    const blind = tellingColumns(frame, { ...all, rows: few, label: label.slice(0, 30) });
    expect(blind.masked).toEqual(Array.from({ length: 100 }, (_, i) => mostShown + i));
  });

  it('keeps what is masked masked, and leaves narrow tables alone', () => {
    const { masked } = tellingColumns(frame, { ...all, masked: [450] });
    expect(masked).toContain(450);
    const narrow = { ...all, masked: Array.from({ length: 100 }, (_, i) => i) };
    expect(tellingColumns(frame, narrow)).toBe(narrow);
  });
});
