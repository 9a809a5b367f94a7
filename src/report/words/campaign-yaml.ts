import type { CampaignCodes } from '../../model/codes/campaign.ts';
import type { Wordings } from '../wording.ts';
import { example, wrongAndRight } from './example.ts';

type YamlCodes = Pick<CampaignCodes, Extract<keyof CampaignCodes, `YAML_${string}`>>;

/** Findings about YAML itself. */
export const yamlWords: Wordings<YamlCodes> = {
  YAML_SYNTAX: {
    severity: 'error',
    title: 'YAML cannot be read',
    say: ({ problem, detail }) => syntaxSays[problem] ?? plain(detail),
    help: ({ problem }) => syntaxHelp[problem] ?? 'compare the indentation and quotes with the lines around it',
    about: `The text is not YAML. The place is where reading failed; the mistake often stands a little before it. Text that holds a
colon and a space, or begins with one of \`{ [ & * ! | > ' " % @ \`\`, needs quotes:

${wrongAndRight('description: Reminders: the day before', 'description: "Reminders: the day before"')}`,
  },
  YAML_TAB: {
    severity: 'error',
    title: 'A tab indents a line',
    say: ({ lines }) =>
      lines === 1 ? 'a tab indents this line' : `tabs indent ${String(lines)} lines, the first is this`,
    help: () => 'indent with spaces',
    about:
      'YAML does not allow tabs for indentation, as nobody knows how wide they are. Editors can turn them into spaces.',
  },
  YAML_DOCUMENTS: {
    severity: 'error',
    title: 'A file holds several documents',
    say: () => 'a second document begins here',
    help: () => 'keep one campaign in a file',
    about: `A line \`---\` ends a YAML document and begins another. A campaign is one file: it is the unit of review and of
identity. What several campaigns share can be a file that they name with \`{file: PATH}\`.`,
  },
  YAML_ROOT: {
    severity: 'error',
    title: 'A campaign file is not a map of keys',
    say: ({ found }) =>
      `a campaign file begins with keys such as version and campaign, not with a ${found === 'list' ? 'list' : 'text'}`,
    help: () =>
      'write a campaign: "callplan explain FILE_EMPTY" shows the least of one, "callplan schema campaign" describes every key',
    about: `At its top a campaign file is a map:

${example('version: 1\ncampaign: clinic-reminders')}`,
  },
  YAML_KEY: {
    severity: 'error',
    title: 'A key is not a word',
    say: ({ found }) =>
      found === 'none'
        ? 'a key is missing before the colon'
        : `a key is a word, not ${found === 'alias' ? 'an' : 'a'} ${found}`,
    help: () => 'put a word there, in quotes if it holds brackets',
    about: 'YAML allows lists and maps as keys, and keys that are left out; campaign files have no use for them.',
  },
  YAML_KEY_TWICE: {
    severity: 'error',
    title: 'A key stands twice in one map',
    say: ({ key }) => `"${key}" stands here a second time`,
    help: () => 'keep one of the two',
    about: `One of the two values would be lost, and which one depends on the program that reads the file. Merge keys (\`<<\`) may
bring in a key that the map has itself: then the map's own value holds.`,
  },
  YAML_ALIAS_UNKNOWN: {
    severity: 'error',
    title: 'An alias has no anchor',
    say: ({ alias }) => `no anchor &${alias} stands before the alias *${alias}`,
    help: ({ alias, meant }) =>
      meant === undefined ? `write &${alias} before the value that it shall repeat` : `did you mean *${meant}?`,
    about: `\`*name\` repeats the value that \`&name\` marks further up in the same file:

${example(`execution:
  attempts:
    retry:
      no_answer: &delays [30m, 2h]
      busy: *delays`)}

A text that begins with an asterisk needs quotes.`,
  },
  YAML_ALIAS_KEY: {
    severity: 'error',
    title: 'An alias repeats a key instead of its value',
    say: ({ alias, key }) =>
      `&${alias} stands before the key ${key}, so *${alias} would repeat that word, not its value`,
    help: ({ alias, key }) => `put the anchor behind the colon: ${key}: &${alias}`,
    about: `An anchor marks what follows it. Before a key it marks the key:

${wrongAndRight('&quiet execution:\n  concurrency: 1', 'execution: &quiet\n  concurrency: 1')}`,
  },
  YAML_ALIAS_ITSELF: {
    severity: 'error',
    title: 'An alias stands inside of what it repeats',
    say: ({ alias }) => `*${alias} stands inside of &${alias}, so it would never end`,
    help: () => 'move the alias out of the value that it repeats',
    about: 'A value that contains itself has no end, so it can be neither checked nor sent.',
  },
  YAML_ALIAS_EXPANSION: {
    severity: 'error',
    title: 'Aliases make a file explode',
    say: ({ limit }) => `aliases repeat more than ${String(limit)} values`,
    help: () => 'write the values out, or keep rows in a CSV file',
    about: `Aliases of aliases let a short file stand for billions of values, and reading it would fill the memory. Campaigns need far
fewer than the limit.`,
  },
  YAML_TOO_DEEP: {
    severity: 'error',
    title: 'Values nest too deeply',
    say: ({ limit }) => `values nest more than ${String(limit)} levels deep`,
    help: () => 'a campaign file needs about six levels: see whether brackets are closed',
    about: 'No part of a campaign file nests that deeply. Reading it could use up the stack, so it is refused.',
  },
  YAML_TAG: {
    severity: 'error',
    title: 'A YAML tag is not known',
    say: ({ tag }) => `the tag ${tag} means nothing here`,
    help: () => 'remove the tag, or put the text in quotes if the exclamation mark belongs to it',
    about: `A word that begins with \`!\` tells a YAML reader of which type a value is. Campaign files use none but YAML's own, such as
\`!!str\`.`,
  },
  YAML_VERSION: {
    severity: 'error',
    title: 'Another version of YAML',
    say: ({ version }) => `the file says that it is YAML ${version}`,
    help: () => 'remove the %YAML line: campaign files are YAML 1.2',
    about: `YAML 1.1 reads \`NO\` as false, \`010\` as eight and \`12:30\` as a number. Campaign files are YAML 1.2, where these are what
they look like.`,
  },
  YAML_MERGE: {
    severity: 'error',
    title: 'A merge key brings in something that is not a map',
    say: ({ found }) => `<< takes a map, or a list of maps, not a ${found}`,
    help: () => 'name an anchor that stands before a map',
    about: `\`<<\` copies the keys of a map that an anchor marks:

${example(`environments:
  staging: &quiet
    execution: {concurrency: 1}
  demo:
    <<: *quiet
    wave: demo`)}`,
  },
};

/** Where the words of the parser say nothing to who does not know its grammar. */
const syntaxSays: Readonly<Record<string, string>> = {
  MULTILINE_IMPLICIT_KEY: 'this is no key with a value, and belongs to no text above it',
  BLOCK_AS_IMPLICIT_KEY: 'there is a second colon here, so that YAML takes the text before it for a key',
};

const syntaxHelp: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY:
    'put the text in quotes, if it holds a colon and a space; else the line below is indented too far',
  MULTILINE_IMPLICIT_KEY:
    'put a colon and a space behind the key; or, if it goes on with the text above, indent it further or put all of that in quotes',
  BAD_SCALAR_START: 'put the text in quotes',
  BAD_INDENT: 'indent it like the other parts of the same block, and close all brackets',
  BAD_DQ_ESCAPE: 'write \\\\ for a backslash, or use single quotes',
  MISSING_CHAR: 'close the quote or bracket, or put a colon behind the key',
  UNEXPECTED_TOKEN: 'put the text in quotes, or see whether a bracket or quote too many stands before it',
  BLOCK_IN_FLOW: 'inside of brackets everything needs brackets, too',
};

function plain(detail: string): string {
  const [, quote] = /^Missing closing (.)quote$/.exec(detail) ?? [];
  return quote === undefined ? detail.charAt(0).toLowerCase() + detail.slice(1) : `the quote ${quote} is not closed`;
}
