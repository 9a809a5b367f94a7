import { expect, test } from 'vitest';
import { compileLanguage } from '../../src/campaign/compile-language.ts';
import { libraryWith } from '../../src/campaign/language.ts';
import { notesAt, overlayKeys } from '../../src/campaign/schema-notes.ts';
import { schemas } from '../../src/campaign/schema.ts';

const block = { type: 'object' };
const acme = {
  name: 'acme',
  noun: 'script',
  file: 'acme.js',
  schema: { type: 'object', properties: { provider: block, script: block, call: block } },
};
const bell = { ...acme, name: 'bell', noun: 'workflow', file: 'bell.js' };

function campaignOf(type: string): unknown {
  return {
    version: 1,
    campaign: 'brake-recall',
    wave: '1',
    provider: { type },
    recipients: { phone: '{{phone}}' },
  };
}

test('the noun of a module may stand in a campaign and in an environment of it', () => {
  const library = libraryWith([acme]);
  expect(overlayKeys().has('script')).toBe(false);
  expect(overlayKeys(library).has('script')).toBe(true);
  expect(notesAt(['script'], 'acme', library).allowsNull).toBe(false);
});

test('a noun that a built-in provider has too stays as it is', () => {
  const nouns = [libraryWith([bell]), schemas].map((library) => {
    const { properties } = Object(library['campaign.schema.json']);
    return properties.workflow;
  });
  expect(nouns[0]).toEqual(nouns[1]);
});

test.each([
  ['./acme.js', true],
  ['../providers/acme.js', true],
  ['../bell.js', true],
  ['intron-or-so', false],
  ['acme.js', false],
  ['./acmeXjs', false],
  ['./other.js', false],
])('of two modules %s is one: %s', (type, isOne) => {
  const { validate } = compileLanguage(libraryWith([acme, bell]));
  expect(validate(campaignOf(type))).toBe(isOne);
});

test('without a file, any path is the module', () => {
  const { file: _, ...anywhere } = acme;
  const { validate } = compileLanguage(libraryWith([anywhere]));
  expect(validate(campaignOf('./linked.js'))).toBe(true);
});
