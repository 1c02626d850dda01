import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../../src/cleaning/recipe/recipe.js';
import { parseRecipe } from '../../../src/cleaning/recipe/parse.js';
import { printRecipe } from '../../../src/cleaning/recipe/print.js';
import { recipeJsonSchema } from '../../../src/cleaning/recipe/schema.js';
import { createRandom } from '../../../src/core/random.js';
import { AssayError } from '../../../src/core/errors.js';
import { expr } from '../../../src/core/plan.js';

const recipe: Recipe = {
  version: 1,
  made: { assay: '0.1.0', source: 'abc', rows: 10 },
  label: 'y',
  weight: null,
  steps: [
    {
      defect: 'missing',
      repair: 'drop-zeros',
      title: 'drop rows with x = 0',
      strength: 0.5,
      acceptedBy: 'chain',
      evidence: { gain: { value: 0.01, low: 0.005, high: 0.015 }, units: 3, seeds: 4 },
      plan: [
        {
          id: 1,
          code: 'missing.zero',
          verb: 'drop-row',
          where: { rule: { not: expr.cmp('>', expr.col('x'), expr.double(0)) } },
        },
        { id: 2, code: 'missing.zero', verb: 'rename-column', column: 'x', to: 'x2' },
      ],
    },
  ],
  exceptions: [{ row: '0:3', reason: 'checked' }],
  rejected: [],
};
const text = printRecipe(recipe, ['Proof: none.']);

/** Line, column and reason of the refusal of `text`. */
function refusal(broken: string): string {
  try {
    parseRecipe('r.yaml', broken);
  } catch (thrown) {
    if (thrown instanceof AssayError && thrown.exit === 3) return thrown.message;
    throw thrown;
  }
  return 'accepted';
}

/** The place in the text where `part` begins, as messages say it. */
function placeOf(broken: string, part: string): string {
  const before = broken.slice(0, broken.indexOf(part)).split('\n');
  return `r.yaml:${before.length}:${before.at(-1)!.length + 1}: `;
}

describe('a recipe', () => {
  it('is printed with its evidence as comments, and read back as it was', () => {
    const { hash, ...content } = parseRecipe('r.yaml', text).recipe;
    expect(content).toEqual(recipe);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(text).toContain('# Proof: none.');
    expect(text).toContain('# 1. drop rows with x = 0: AUC 0.0100 [0.0050, 0.0150] on inner rows');
  });

  it('knows whether what it says was edited, whatever the layout', () => {
    expect(parseRecipe('r.yaml', text).edited).toBe(false);
    expect(parseRecipe('r.yaml', `# mine\n${text}`).edited).toBe(false);
    expect(parseRecipe('r.yaml', text.replace('row: 0:3', 'row: 0:4')).edited).toBe(true);
    expect(parseRecipe('r.yaml', text.replace(/hash: .*\n/, '')).edited).toBe(true);
  });

  it.each([
    ['an unknown verb', 'verb: drop-row', 'verb: drop-rows', 'did you mean "drop-row"', 'verb: drop-rows'],
    ['an unknown key', 'defect: missing', 'defekt: missing', 'did you mean "defect"', 'defekt'],
    ['an unknown key deep in a rule', 'not:', 'nott:', 'did you mean "not"', 'nott'],
    ['a wrong type', 'seeds: 4', 'seeds: many', 'expected', 'seeds'],
    ['a field of another verb', 'to: x2', 'times: 3', 'rename-column takes column + to', 'times: 3'],
    ['an unknown version', 'version: 1', 'version: 7', 'version 7 is not known', 'version'],
    [
      'ids that do not ascend',
      'id: 2',
      'id: 1',
      'ids ascend',
      'id: 1\n        code: missing.zero\n        verb: rename',
    ],
    ['an unknown acceptor', 'acceptedBy: chain', 'acceptedBy: robot', 'chain or person', 'acceptedBy'],
  ])('refuses %s by line and column', (_, from, to, says, at) => {
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    const message = refusal(broken);
    expect(message).toContain(says);
    expect(message).toContain(placeOf(broken, at));
  });

  it('refuses tabs, duplicate keys and lists whose names are no plain names', () => {
    expect(refusal(text.replace('  - defect', '\t- defect'))).toMatch(/^r\.yaml:\d+:\d+: .*[Tt]ab/);
    expect(refusal(text.replace('label: y', 'label: y\nlabel: z'))).toMatch(/^r\.yaml:\d+:1: .*unique/);
    const list = { keys: { list: 'a; DROP TABLE b', of: 'abc' } };
    const named: Recipe = {
      ...recipe,
      steps: [{ ...recipe.steps[0]!, plan: [{ id: 1, code: 'c', verb: 'drop-row', where: list }] }],
    };
    expect(refusal(printRecipe(named, []))).toContain('letters, digits');
  });

  it('is read, or refused by line and column, whatever becomes of its text', () => {
    const random = createRandom(5);
    const pieces = [
      '\t',
      ': ',
      '- ',
      '"',
      "'",
      '{',
      ']',
      '&a ',
      '*b',
      '!!x ',
      '\n',
      '#',
      '\u0000',
      '\u2028',
      '|',
      '?',
      'null',
      '.nan',
    ];
    let refused = 0;
    for (let i = 0; i < 400; i++) {
      const at = Math.floor(random.at(4 * i) * text.length);
      const gone = Math.floor(random.at(4 * i + 1) * 12);
      const piece = random.at(4 * i + 2) < 0.3 ? '' : pieces[Math.floor(random.at(4 * i + 3) * pieces.length)]!;
      // Anything but an error with exit 3 is thrown on.
      const said = refusal(text.slice(0, at) + piece + text.slice(at + gone));
      if (said === 'accepted') continue;
      refused += 1;
      expect(said).toMatch(/^r\.yaml:[1-9]\d*:[1-9]\d*: ./);
    }
    expect(refused).toBeGreaterThan(150);
  });

  it('has a published schema', () => {
    const path = new URL('../../../src/cleaning/recipe/recipe.schema.json', import.meta.url);
    expect(recipeJsonSchema()).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  });
});
