// Tables of truth as texts, read by the bench itself and not by what it judges.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { dataFolder } from './data.mjs';

/** Records of a zipped CSV (RFC 4180), header first. */
export function records(file) {
  const text = gunzipSync(readFileSync(path.join(dataFolder, file))).toString('utf8');
  const rows = [];
  let [row, cell, quoted] = [[], '', false];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',' || c === '\n') {
      row.push(cell);
      cell = '';
      if (c === '\n') {
        rows.push(row);
        row = [];
      }
    } else if (c !== '\r') cell += c;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
}

/** Precision, recall and F1 of what was found against the truth, both sets. */
export function scored(found, truth) {
  const hits = [...found].filter((one) => truth.has(one)).length;
  const precision = found.size === 0 ? 0 : hits / found.size;
  const recall = truth.size === 0 ? 0 : hits / truth.size;
  return { precision, recall, f1: hits === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** Precision, recall and F1 in one word. */
export const three = ({ precision, recall, f1 }) => `${precision.toFixed(3)}/${recall.toFixed(3)}/${f1.toFixed(3)}`;

export const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;
