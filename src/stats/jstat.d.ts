/** The part of jStat that is used; the package brings no types. */
declare module 'jstat' {
  interface Distribution<P extends readonly number[]> {
    cdf(x: number, ...parameters: P): number;
    inv(p: number, ...parameters: P): number;
  }
  const jstat: {
    readonly jStat: {
      readonly normal: Distribution<[mean: number, sd: number]>;
      readonly studentt: Distribution<[df: number]>;
      readonly chisquare: Distribution<[df: number]>;
      readonly beta: Distribution<[alpha: number, beta: number]>;
      readonly binomial: { cdf(k: number, n: number, p: number): number };
    };
  };
  export default jstat;
}
