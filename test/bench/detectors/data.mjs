// The public data sets of the bench, opened as the command line would open them. ASSAY_DATA is the folder they lie in.
import path from 'node:path';
import { openStudy } from '../../../dist/src/dataset/open.js';

const clicks = { label: 'label', positive: '1', time: 't', user: 'user', item: 'item', exclude: ['row', 'eta'] };
const sets = {
  bank: { train: 'bank-sample/bank-sample.csv.gz', label: 'y', positive: 'yes', exclude: ['id'] },
  telco: { train: 'telco-churn/telco-churn.csv.gz', label: 'Churn', positive: 'Yes', exclude: ['customerID'] },
  higgs: { train: 'higgs/train.tsv.gz', header: false, label: 'column0', positive: '1' },
  clicks: { train: 'clicks/clicks.csv.gz', ...clicks },
  'clicks-hard': { train: 'clicks/clicks-hard.csv.gz', ...clicks },
};

export const dataFolder = process.env.ASSAY_DATA;

export async function openSet(name, cache, run) {
  const { train, ...options } = sets[name];
  return openStudy({ ...options, train: path.join(dataFolder, train), cache }, run);
}
