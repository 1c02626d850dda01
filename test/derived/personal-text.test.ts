import { describe, expect, it } from 'vitest';
import { isNamedPersonal, isPersonal } from '../../src/derived/personal-text.js';

describe('columns that are called what holds personal data', () => {
  it.each([
    ['PhoneService', ['Yes', 'No']],
    ['has_email', ['true', 'FALSE', '']],
    ['phone', ['1', '0', 'unknown']],
    ['ssn', []],
  ])('%s with the values %j says only whether there is something', (name, values) => {
    expect(isNamedPersonal(name, values)).toBe(false);
    expect(isPersonal(name, values)).toBe(false);
  });

  it.each([
    ['PhoneService', ['Yes', 'No', 'ask Ann']],
    ['first_name', ['Ann', 'No', 'Yes']],
    ['phone', ['1', '0', '5550199']],
  ])('%s with the values %j may hold somebody, for the name alone', (name, values) => {
    expect(isNamedPersonal(name, values)).toBe(true);
  });

  it('other names are personal by their values', () => {
    expect(isPersonal('contact', ['ann@example.com', 'none'])).toBe(true);
    expect(isPersonal('city', ['Oslo', 'Rome'])).toBe(false);
  });
});
