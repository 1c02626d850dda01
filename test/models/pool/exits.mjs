// A worker that ends in the middle of its second trial.
let trials = 0;
export default async function work() {
  trials++;
  if (trials === 2) process.exit(7);
  return { result: { scores: new Float64Array(1), rounds: trials } };
}
