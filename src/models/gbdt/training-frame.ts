import type { Frame } from '../frame/frame.js';

/** What training reads of a frame; cheap to hand to a worker, since it leaves out edges and level names. */
export interface TrainingFrame extends Pick<
  Frame,
  'rows' | 'stride' | 'bins' | 'label' | 'weight' | 'keys' | 'codes' | 'twins'
> {
  readonly columns: readonly { readonly binCount: number }[];
}

/** The part of `frame` that training reads. */
export function trainingFrame(frame: Frame): TrainingFrame {
  const { rows, stride, bins, label, weight, keys, codes, twins } = frame;
  return {
    rows,
    stride,
    bins,
    label,
    weight,
    keys,
    codes,
    twins,
    columns: frame.columns.map(({ binCount }) => ({ binCount })),
  };
}
