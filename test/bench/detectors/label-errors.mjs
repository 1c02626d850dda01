// Real label errors, judged by people (label-errors, Northcutt, Athalye, Mueller 2021): given probabilities, exact arithmetic.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { auc } from '../../../dist/src/stats/auc.js';
import { dataFolder } from './data.mjs';

const file = (name) => path.join(dataFolder, 'label-errors', name);

/** Ranks the checked rows of one set by self-confidence and by normalized margin; wrong means fewer than 3 of 5 agree. */
export function checkedRows(set) {
  const p = readNpy(file(`cross_validated_predicted_probabilities_${set}_test_set_pyx.npy`));
  const given = readNpy(file(`original_test_labels_${set}_test_set_original_labels.npy`)).data;
  const votes = JSON.parse(readFileSync(file(`mturk_${set}_mturk.json`), 'utf8'));
  const classes = p.shape[1];
  const rows = votes.map(({ id }) => Number(id));
  const of = (row) => p.data.slice(row * classes, (row + 1) * classes);
  const wrong = votes.map(({ mturk }) => Number(mturk.given < 3));
  const self = rows.map((row) => 1 - of(row)[given[row]]);
  const margin = rows.map((row) => {
    const all = of(row);
    return Math.max(...all.filter((_, c) => c !== given[row])) - all[given[row]];
  });
  return { self: auc(self, wrong), margin: auc(margin, wrong) };
}

/** Version 1 files of little-endian f8 or u2, row by row. */
function readNpy(name) {
  const bytes = readFileSync(name);
  const at = 10 + bytes.readUInt16LE(8);
  const head = bytes.toString('latin1', 10, at);
  const kind = /'descr': '<(f8|u2)'/.exec(head)[1];
  const shape = /'shape': \(([\d, ]+)\)/
    .exec(head)[1]
    .split(',')
    .filter((s) => s.trim())
    .map(Number);
  const read = kind === 'f8' ? (i) => bytes.readDoubleLE(at + 8 * i) : (i) => bytes.readUInt16LE(at + 2 * i);
  return { shape, data: Array.from({ length: shape.reduce((x, y) => x * y, 1) }, (_, i) => read(i)) };
}

/** Label errors that people judged, against the published arithmetic. */
export async function labelErrorLines({ say, figure }) {
  say('label errors judged by people: AUROC inside the checked rows');
  const known = { mnist: { self: 0.727, margin: 0.722 }, '20news': { self: 0.634, margin: 0.497 } };
  for (const [set, want] of Object.entries(known)) {
    const got = checkedRows(set);
    for (const ranking of ['self', 'margin']) {
      figure(`label-errors.${set}.${ranking}-off-by`, Math.abs(got[ranking] - want[ranking]), '<=', 0.001);
      say(`  ${set} ${ranking} ${got[ranking].toFixed(4)} (published arithmetic ${want[ranking]})`);
    }
  }
}
