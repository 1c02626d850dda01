import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { defects } from '../../analyzers/index.js';
import { AssayError } from '../../src/core/errors.js';
import { parsePolicy, type PolicyWorld } from '../../src/gate/parse-policy.js';
import { policyJsonSchema } from '../../src/gate/policy-schema.js';
import { ruleName } from '../../src/gate/policy.js';
import { readPolicy, shippedPolicies } from '../../src/cli/read-policy.js';

const world: PolicyWorld = {
  defects,
  today: '2026-05-01',
  read: (name) => {
    const text = files[name];
    return text === undefined ? Promise.reject(new Error('absent')) : Promise.resolve({ file: name, text });
  },
};

const files: Readonly<Record<string, string>> = {
  parent:
    'version: 1\nunknown: warn\nrules:\n  - { gain: "*", budget: .01 }\n  - { measurement: duplicates.share, max: .1 }\n',
  circle: 'version: 1\nextends: circle\n',
};

async function fault(text: string): Promise<string> {
  const thrown = await parsePolicy('policy.yaml', text, world).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof AssayError)) throw new Error('it was accepted');
  expect(thrown.exit).toBe(3);
  return thrown.message;
}

describe('the schema of policies', () => {
  it('is published as it is checked', async () => {
    const file = new URL('../../fixtures/policies/schema.json', import.meta.url);
    const text = `${JSON.stringify(policyJsonSchema(), null, 2)}\n`;
    if (process.env['ASSAY_UPDATE'] === '1') await writeFile(file, text);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(text));
  });
});

describe('a policy file', () => {
  it('gives one rule for each limit, with the defaults of the file', async () => {
    const text =
      'version: 1\nunknown: warn\nrules:\n  - { measurement: missing.null-share, column: "user, \\"age\\"", max: .02, max-change: .01, level: warn }\n  - { gain: label-noise, budget: .002, unknown: pass }\n';
    const policy = await parsePolicy('week 40.yaml', text, world);
    expect(policy.name).toBe('week 40');
    expect(policy.rules.map((rule) => [ruleName(rule), rule.bound, rule.limit, rule.level, rule.unknown])).toEqual([
      ['missing.null-share@user, "age"', 'max', 0.02, 'warn', 'warn'],
      ['missing.null-share@user, "age"', 'max-change', 0.01, 'warn', 'warn'],
      ['gain:label-noise', 'budget', 0.002, 'fail', 'pass'],
    ]);
  });

  it('stands over the policy it extends, rule by rule', async () => {
    const text = 'version: 1\nextends: parent\nrules:\n  - { gain: "*", budget: .001 }\n';
    const policy = await parsePolicy('policy.yaml', text, world);
    expect(policy.rules.map((rule) => [ruleName(rule), rule.limit])).toEqual([
      ['duplicates.share', 0.1],
      ['gain:*', 0.001],
    ]);
    expect(policy.unknown).toBe('warn');
  });

  it.each([
    [
      'an unknown measurement',
      'version: 1\nrules:\n  - { measurement: missing.nul-share, max: 0 }',
      ['3:', 'missing.null-share'],
    ],
    ['an unknown defect', 'version: 1\nrules:\n  - { gain: labelnoise, budget: 0 }', ['3:', 'label-noise']],
    ['a negative budget', 'version: 1\nrules:\n  - gain: "*"\n    budget: -.1', ['4:', '0 or more']],
    ['a tab', 'version: 1\nrules:\n\t- { gain: "*", budget: 0 }', ['3:']],
    ['a duplicate key', 'version: 1\nrules:\n  - gain: "*"\n    budget: 0\n    budget: 1', ['5:', 'unique']],
    ['an unknown key', 'version: 1\nrules:\n  - { gain: "*", budgt: 0 }', ['3:18', '"budget"']],
    [
      'an expired exemption',
      `version: 1\nrules:\n  - { gain: "*", budget: 0 }\nexemptions:\n  - { rule: "gain:*", until: 2026-04-30, reason: x }`,
      ['5:', 'expired on 2026-04-30'],
    ],
    [
      'a day that is none',
      `version: 1\nrules:\n  - { gain: "*", budget: 0 }\nexemptions:\n  - { rule: "gain:*", until: 2026-06-31, reason: x }`,
      ['5:', 'calendar'],
    ],
    [
      'an exemption of no rule',
      `version: 1\nrules:\n  - { gain: "*", budget: 0 }\nexemptions:\n  - { rule: "gain:x", until: 2027-01-01, reason: x }`,
      ['5:', 'gain:*'],
    ],
    ['a rule without a limit', 'version: 1\nrules:\n  - { measurement: missing.share }', ['3:', 'no limit']],
    ['a budget on a measurement', 'version: 1\nrules:\n  - { measurement: missing.share, budget: 1 }', ['3:', 'max']],
    ['two subjects', 'version: 1\nrules:\n  - { gain: "*", sensitivity: "*", budget: 1 }', ['3:', 'one of']],
    ['a parent that is absent', 'version: 1\nextends: nowhere', ['2:', 'nowhere']],
    ['a circle', 'version: 1\nextends: circle', ['circle']],
    ['another version', 'version: 2', ['1:', 'version: 1']],
    ['an empty file', '', ['version']],
  ])('with %s is refused, with line and what would be right', async (_, text, words) => {
    const message = await fault(text);
    for (const word of words) expect(message).toContain(word);
  });

  it.each(shippedPolicies)('%s, as shipped, is valid', async (name) => {
    const policy = await readPolicy(name, new Date('2026-05-01'));
    expect(policy.name).toBe(name);
    expect(policy.rules.length).toBeGreaterThanOrEqual(5);
  });
});
