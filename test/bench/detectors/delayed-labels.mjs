// Delayed labels: 100,000 rows over 14 days, 3% positive, exponential delay of 1.5 days, read at the end of the last day.
import { delayedLabels } from '../../../dist/analyzers/delayed-labels/index.js';
import { day, drawn, has, looked, mean, seeds, tableStudy } from './logs.mjs';

const [rows, days, rate, delay] = [100_000, 14, 0.03, 1.5];
const trueFirstDay = 1 - delay * (1 - Math.exp(-1 / delay));

function log(seed, isDelayed) {
  const [when, click, late] = ['when', 'click', 'late'].map((stream) => drawn(seed, `delayed-${stream}`, rows));
  const time = when.map((u) => Math.floor(days * day * u));
  const label = Int32Array.from(click, (u, i) => {
    const arrives = time[i] - Math.log(1 - late[i]) * delay * day;
    return Number(u < rate && (!isDelayed || arrives <= days * day));
  });
  return { time, label };
}

export async function delayed(engine, say, figure) {
  const look = (seed, isDelayed) =>
    looked(delayedLabels, engine, `delayed_${seed}_${Number(isDelayed)}`, (run) =>
      tableStudy(`delayed_${seed}_${Number(isDelayed)}`, log(seed, isDelayed), { label: 'label', time: 'time' }, run),
    );
  const [planted, clean] = [[], []];
  for (const seed of seeds) {
    planted.push(await look(seed, true));
    clean.push(await look(seed, false));
  }
  const found = planted.filter((one) => has(one, 'delayed-labels.tail')).length;
  const first = planted.map(
    ({ evidence }) => evidence.measurements.find((m) => m.name === 'delayed-labels.first-day').value,
  );
  say(
    `delayed labels, ${seeds.length} seeds: completeness of the first day ${mean(first).toFixed(3)}, true ${trueFirstDay.toFixed(3)}, mean distance of one seed ${mean(first.map((c) => Math.abs(c - trueFirstDay))).toFixed(3)}`,
  );
  figure('delayed-labels.found-of-20', found, '>=', 20);
  figure('delayed-labels.false-of-20', clean.filter((one) => has(one, 'delayed-labels.tail')).length, '<=', 1);
  figure('delayed-labels.first-day-off-by', Math.abs(mean(first) - trueFirstDay), '<=', 0.03);
}
