declare module 'ml-random-forest' {
  /** The little of it that is used; the package brings no types of its own that the compiler finds. */
  export class RandomForestRegression {
    constructor(options: {
      readonly nEstimators: number;
      readonly maxFeatures: number;
      readonly replacement: boolean;
      readonly seed: number;
      readonly selectionMethod: 'mean';
      readonly noOOB: boolean;
      readonly treeOptions?: Readonly<Record<string, number>>;
    });
    train(rows: readonly (readonly number[])[], values: readonly number[]): void;
    predict(rows: readonly (readonly number[])[]): readonly number[];
  }
}
