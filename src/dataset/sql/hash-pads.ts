/** Where an engine keeps the pads of the key of keyed hashes. */
export const hashPads = { table: 'assay_hash_pads', inner: 'inner_pad', outer: 'outer_pad' } as const;
