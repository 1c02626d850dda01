import { describe, expect, it } from 'vitest';
import type { Frame, FrameColumn, Overlay } from '../../../src/models/frame/frame.js';
import { defaultProtection, heldBack } from '../../../src/cleaning/chain/protect.js';

const rows = 1200;
const column = (name: string): FrameColumn =>
  ({ feature: { column: { name } }, binCount: 4, binning: { kind: 'numeric', edges: new Float64Array() } }) as never;

/** 300 users of four rows each in three countries; a quarter of the rows per device, whoever the user is. */
function frameOf(): Frame {
  const bins = new Uint8Array(rows * 8);
  for (let row = 0; row < rows; row++) {
    bins[row * 8] = Math.floor(row / 4) % 3;
    bins[row * 8 + 1] = row % 4;
  }
  return {
    rows,
    stride: 8,
    bins,
    columns: [column('country"<b>'), column('device')],
    label: Uint8Array.from({ length: rows }, (_, i) => (i % 10 === 0 ? 1 : 0)),
    weight: null,
    keys: new BigInt64Array(rows),
    part: new Uint8Array(rows),
    unit: Int32Array.from({ length: rows }, (_, i) => Math.floor(i / 4)),
    units: rows / 4,
    time: null,
    codes: new Map(),
    twins: null,
  };
}

function keeping(keep: (row: number) => boolean, label: (row: number) => number): Overlay {
  const left = Int32Array.from({ length: rows }, (_, i) => i).filter(keep);
  const weight = null;
  return { columns: new Map(), masked: [], rows: left, label: Uint8Array.from(left, label), weight, touched: 0 };
}

function country(row: number): number {
  return Math.floor(row / 4) % 3;
}

describe('protection', () => {
  const frame: Frame = frameOf();
  const given = (row: number): number => frame.label[row]!;
  const base = keeping(() => true, given);

  it('holds back what removes much of a group of users', () => {
    // One in seven, and one in three, of the users of one country.
    const some = keeping((row) => country(row) !== 1 || Math.floor(row / 12) % 7 !== 0, given);
    const third = keeping((row) => country(row) !== 1 || Math.floor(row / 12) % 3 !== 0, given);
    expect(heldBack(frame, base, some, defaultProtection)).toBe(null);
    expect(heldBack(frame, base, third, defaultProtection)).toBe(
      'It removes 34% of the rows of a group of users, alike in country"<b>; a step may remove 20%.',
    );
    expect(heldBack(frame, base, third, { ...defaultProtection, userGroup: 0.4 })).toBe(null);
  });

  it('lets a slice of rows go that cuts across users', () => {
    const device = keeping((row) => row % 4 !== 1 || row < 200, given);
    expect(heldBack(frame, base, device, { ...defaultProtection, userGroup: 0.3 })).toBe(null);
  });

  it('knows no user groups where units are rows', () => {
    const single = { ...frame, unit: Int32Array.from({ length: rows }, (_, i) => i), units: rows };
    const third = keeping((row) => country(row) !== 1 || Math.floor(row / 12) % 3 !== 0, given);
    expect(heldBack(single, base, third, defaultProtection)).toBe(null);
  });

  it('counts a relabelled positive as removed', () => {
    const changed = keeping(
      () => true,
      (row) => (row % 30 === 0 ? 0 : given(row)),
    );
    expect(heldBack(frame, base, changed, defaultProtection)).toContain('33% of the positives');
  });
});
