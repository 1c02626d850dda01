import { describe, expect, it } from 'vitest';
import { checkedCommand, fillIn, nameOf, splitCommand } from '../../../src/models/external/command.js';

describe('a command', () => {
  it.each([
    ['python train.py', ['python', 'train.py']],
    ['  \'my python\'  "a \\"b\\".py" c\\ d ', ['my python', 'a "b".py', 'c d']],
    ["x '' \"\" 'it\"s' a'b'c", ['x', '', '', 'it"s', 'abc']],
    ['x \'a\\b\' "a\\b" $HOME;rm *|cat', ['x', 'a\\b', 'a\\b', '$HOME;rm', '*|cat']],
  ])('%s is split without a shell', (text, words) => {
    expect(splitCommand(text)).toEqual(words);
  });

  it.each(['', '  ', "x 'open", 'x "open', 'x {train}', 'x {train} {test}'])('%j is refused', (text) => {
    expect(() => splitCommand(text)).toThrow(/--trainer/);
  });

  it('gets the paths where it names them, or at its end', () => {
    const places = { train: '/a b/t', test: 'e', predictions: 'p{train}', spec: 's', seed: '7' };
    expect(fillIn(['x', '--in={train}', '{test}', '{predictions}', '{seed}'], places)).toEqual([
      'x',
      '--in=/a b/t',
      'e',
      'p{train}',
      '7',
    ]);
    expect(fillIn(['x', 'y'], places)).toEqual(['x', 'y', '/a b/t', 'e', 'p{train}']);
    expect(fillIn(['x', '{spec}'], places)).toEqual(['x', 's']);
    expect(checkedCommand(['x', '{train}{test}{predictions}'])).toHaveLength(2);
  });

  it('is called by program and script, without folders', () => {
    expect(nameOf(['/usr/bin/python3', 'models/train.py', '--deep'])).toBe('python3 train.py');
    expect(nameOf(['./train', '{train}'])).toBe('train');
  });
});
