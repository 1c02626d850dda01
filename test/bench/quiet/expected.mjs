/** Calls on these sets that hold of the file, with the reason; written after they were seen. */
const explained = [
  {
    id: 'constants',
    call: /constants\.constant (propensity_score|user-item_affinity_\d+)$/,
    set: /^(random|bts)_/,
    why: 'these columns hold one value in that half',
  },
  {
    id: 'drift',
    call: /drift\.moved (item_id|propensity_score)$/,
    set: /^bts_/,
    why: 'the policy of this log learns, and moves these two',
  },
  {
    id: 'drift',
    call: /drift\.moved version$/,
    set: /^(demo|null log)/,
    why: 'users of the demo move to new versions of the app day by day',
  },
  {
    id: 'position-bias',
    call: /position-bias\.effect$/,
    set: /^clicks/,
    why: 'the law of this log has an effect of the position: logit .25 lower from one to the next',
  },
  {
    id: 'position-bias',
    call: /position-bias\.effect$/,
    set: /^(demo|null log)/,
    why: 'the law of the demo has an effect of the position: logit .45 lower with its logarithm',
  },
  { id: 'leakage', call: /leakage\.strong affinity$/, set: /^clicks$/, why: 'an AUC alone above .8 is asked about' },
];

/** Why a detector may call this on this set; null where nothing explains it. */
export function expected(id, call, set) {
  const found = explained.find((p) => p.id === id && p.call.test(call) && p.set.test(set));
  return found?.why ?? null;
}
