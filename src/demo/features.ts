/** Feature columns of the log, in file order. */
export const featureNames = [
  'user',
  'item',
  'hour',
  'weekday',
  'position',
  'device',
  'version',
  'source',
  'country',
  'category',
  'segment',
  'price',
  'discount',
  'relevance',
  'user_ctr',
  'item_ctr',
  'seen',
  'depth',
  'tenure',
  'battery',
] as const;
export type FeatureName = (typeof featureNames)[number];

/** Values of the features by name, one array a feature. */
export type FeatureColumns = Readonly<Record<FeatureName, Int32Array | Float64Array>>;
