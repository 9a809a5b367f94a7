import type { CampaignCodes } from '../../model/codes/campaign.ts';
import type { Wordings } from '../wording.ts';
import { example, wrongAndRight } from './example.ts';
import { inPath, listed, suggest } from './quote.ts';

type KeyCodes = Pick<CampaignCodes, Extract<keyof CampaignCodes, `KEY_${string}` | `VALUE_${string}`>>;

/** Findings about keys and about the types, forms and ranges of values. */
export const keyWords: Wordings<KeyCodes> = {
  KEY_UNKNOWN: {
    severity: 'error',
    title: 'A key is not known',
    say: ({ key, path }) => `"${key}" is not a key ${inPath(path)}`,
    help: ({ meant, known, isRest }) =>
      isRest ? 'between braces a comma ends a text: put the whole text in quotes' : suggest(meant, known),
    about: `callplan ignores nothing: a key that it does not know may be one that was misspelt, and then a limit that you rely on would
not hold. \`callplan schema campaign\` prints all keys, and editors offer them with this first line:

${example('# yaml-language-server: $schema=../../schema/campaign.schema.json')}

Between braces a comma ends a text, and the rest of it becomes a key:

${wrongAndRight('- {sql: clinic.db, query: select id, mobile from visits}', '- {sql: clinic.db, query: "select id, mobile from visits"}')}`,
  },
  KEY_REFUSED: {
    severity: 'error',
    title: 'A key may not stand here',
    say: ({ key, path, why }) => `"${key}" may not stand ${inPath(path)}: ${why}`,
    help: ({ why }) => (why.startsWith('it belongs ') ? 'move it there' : 'remove it'),
    about: `Some keys are known and still have no place: options of a call that callplan fills itself (the number, the workflow, the
variables), the identity of a campaign inside of an environment, retries of outcomes after which nobody is called again.`,
  },
  KEY_MISSING: {
    severity: 'error',
    title: 'A key is missing',
    say: ({ key, path }) => `"${key}" is missing ${inPath(path)}`,
    help: ({ key, line }) => (line === undefined ? `add ${key}` : `add ${key}, for example ${line}`),
    about: `The key is needed here. \`callplan schema campaign\` describes it.`,
  },
  KEY_NAME: {
    severity: 'error',
    title: 'A name has characters that it may not have',
    say: ({ key, path, expected }) => `"${key}" cannot be a key ${inPath(path)}: expected ${expected}`,
    help: () => 'rename it, or remove it',
    about: `Where you choose the keys yourself (environments, variables, tags), they are still limited to what templates, addresses and
providers can hold.`,
  },
  VALUE_TYPE: {
    severity: 'error',
    title: 'A value has the wrong type',
    say: ({ path, expected, found }) => `${path} has the wrong type: expected ${expected}, found ${found}`,
    help: ({ line, example: right, expected }) => {
      if (line !== undefined) return `write: ${line}`;
      return right === undefined ? `put ${expected} there` : `write it like this: ${right}`;
    },
    about: `Text, numbers, \`true\` and \`false\`, lists and maps are different things in YAML. Quotes make text of anything; without them
digits are a number.

${wrongAndRight('execution:\n  concurrency: "50"', 'execution:\n  concurrency: 50')}`,
  },
  VALUE_ENUM: {
    severity: 'error',
    title: 'A value is not one of those that are known',
    say: ({ path, found, known }) =>
      `${path} is ${found}, not ${known.length > 1 ? 'one of ' : ''}${listed(known, 'or')}`,
    help: ({ meant, known }) => (meant === undefined ? `put ${listed(known, 'or')} there` : `did you mean ${meant}?`),
    about: 'Only certain words may stand here. Upper and lower case matter.',
  },
  VALUE_FORM: {
    severity: 'error',
    title: 'A value has the wrong form',
    say: ({ path, found, expected }) => `${path} is ${found}: expected ${expected}`,
    help: ({ line }) =>
      line === undefined ? '"callplan schema campaign" describes each form' : `write it like this: ${line}`,
    about: `The value is text, as it should be, but not of the form that is needed: durations are written \`15s\`, \`30m\`, \`2h\`, rates
\`1/s\`, times of day \`"09:00"\`, waves and campaigns as names without spaces.`,
  },
  VALUE_RANGE: {
    severity: 'error',
    title: 'A value is too small, too large, or empty',
    say: ({ path, found, expected }) => `${path} is ${found}: expected ${expected}`,
    help: ({ expected }) => `make it ${expected}`,
    about:
      'The value is of the right type and beyond what can be meant: no call at once, an empty list, a name without a letter.',
  },
  VALUE_TWICE: {
    severity: 'error',
    title: 'A list holds a value twice',
    say: ({ path, found }) => `${path} holds ${found} twice`,
    help: () => 'keep one of the two',
    about: 'In this list each value means the same however often it stands there; a second one is a slip of the pen.',
  },
};
