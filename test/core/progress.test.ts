import { describe, expect, it } from 'vitest';
import { createProgress, type ProgressEvent } from '../../src/core/progress.js';

describe('a step', () => {
  it('tells what is done of what was foreseen, anew where less is needed, and nothing after its end', () => {
    const told: ProgressEvent[] = [];
    const step = createProgress((event) => told.push(event)).step('train', 100);
    step.advance(10);
    step.expect(60);
    step.expect(60);
    step.advance();
    step.end();
    step.expect(20);
    step.advance();
    expect(told.map(({ path, state, done, total }) => `${path.join('/')} ${state} ${done}/${total}`)).toEqual([
      'train started 0/100',
      'train advanced 10/100',
      'train advanced 10/60',
      'train advanced 11/60',
      'train ended 11/60',
    ]);
  });
});
