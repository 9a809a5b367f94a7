import type { CampaignCodes, NameKind } from '../../model/codes/campaign.ts';
import type { Wordings } from '../wording.ts';
import type { ExecutionCode } from './campaign-execution.ts';
import { example, wrongAndRight } from './example.ts';
import { shellWord, suggest } from './quote.ts';

type RuleCodes = Omit<
  CampaignCodes,
  Extract<keyof CampaignCodes, `${'FILE' | 'FOLDER' | 'YAML' | 'TRAP' | 'KEY' | 'VALUE'}_${string}`> | ExecutionCode
>;

/** Findings about substitutions, names, and fields that do not go together. */
export const ruleWords: Wordings<RuleCodes> = {
  SECRET_WRITTEN: {
    severity: 'error',
    title: 'A secret stands in the file',
    say: ({ path, name }) =>
      name === undefined
        ? `${path} is a secret, and it is written out here`
        : `${path} is a secret, and this is not how a variable of the environment is named`,
    help: ({ path, name }) => {
      const key = path.slice(path.lastIndexOf('.') + 1);
      return name === undefined
        ? `take it from the environment: ${key}: \${env.NAME}; and replace the key, as git remembers it`
        : `write: ${key}: \${env.${name}}`;
    },
    about: `A credential in a file is readable by all who can read the repository, for good. Take it from the environment or from a file that
is not in git:

${example('provider:\n  type: intron\n  api_key: ${env.INTRON_API_KEY}')}

If it was committed, have the provider replace it: taking it out of the file does not take it out of the history.`,
  },
  SUBSTITUTION_SYNTAX: {
    severity: 'error',
    title: 'A substitution that nobody can read',
    say: ({ text }) => `"${text}" is not a substitution`,
    help: ({ text }) => {
      const [, name] = /^\$\{(?:env\.)?([A-Z_][A-Z0-9_]*)\}$/i.exec(text) ?? [];
      return name === undefined
        ? 'there is ${env.NAME}, ${env.NAME:-default} and ${file.PATH}; to write ${ itself, write $${'
        : `a variable of the environment is written \${env.${name}}; to write \${ itself, write $\${`;
    },
    about: `\`\${env.NAME}\` stands for a variable of the environment, \`\${env.NAME:-default}\` has a default for where it is unset or empty,
\`\${file.PATH}\` stands for the text of a file. A default holds no braces. \`$\${\` writes \`\${\`.`,
  },
  SUBSTITUTION_UNSET: {
    severity: 'error',
    title: 'A variable of the environment is not set',
    say: ({ name }) => `the environment has no ${name}`,
    help: ({ name, meant }) =>
      meant === undefined
        ? `set it, or give a default: \${env.${name}:-default}`
        : `did you mean ${meant}? Else set ${name}, or give a default`,
    about: `The file takes a value from the environment that is not there. Set it, or write a default: \`\${env.NAME:-default}\`. Secrets
are another matter: validate, preview and rehearse do without them.`,
  },
  TEMPLATE_NOT_HERE: {
    severity: 'error',
    title: 'A template where none may stand',
    say: ({ path }) => `${path} is sent as it stands: {{ }} would not be filled in`,
    help: () => 'take the braces out; "callplan schema campaign" says where templates may stand',
    about: `Templates are rendered under \`recipients\` (but for sources) and under \`call\`, and turned into the provider's placeholders in its
message fields. All other text is sent as it stands, so braces in it would reach the provider, or the listener, as braces.`,
  },
  TEMPLATE_PLACEHOLDER: {
    severity: 'error',
    title: "The provider's own placeholder syntax in a text",
    say: ({ path, provider }) => `${path} holds placeholders as ${provider} itself writes them`,
    help: () => 'write names as {{name}}: callplan turns them into what the provider wants',
    about: `callplan writes the provider's placeholders itself, from \`{{name}}\`, and so knows which names a message needs. A placeholder that
stands in the text would be filled by nobody, or by accident.

${wrongAndRight('message: Hello [patient_name]', 'message: Hello {{patient_name}}')}`,
  },
  TEMPLATE_SINGLE_BRACES: {
    severity: 'warning',
    title: 'A name between single braces',
    say: ({ path, name }) => `${path} says {${name}} as it stands, to everybody`,
    help: ({ name }) => `if it is a name, write: {{${name}}}`,
    about: `Names stand between two braces on each side. Between single ones nothing is filled in: the listener hears the braces, or the
word between them.

${wrongAndRight('message: Hello {patient_name}', 'message: Hello {{patient_name}}')}`,
  },
  NAME_UNKNOWN: {
    severity: 'error',
    title: 'A template uses a name that nothing brings',
    say: ({ name }) => `nothing is called "${name}"`,
    help: ({ meant, known }) => suggest(meant, known),
    about: `A name in a template is a column of the recipients, a constant under \`variables\`, or one of \`recipients.variables\`. Templates under
\`recipients\` see columns and constants; messages and \`call\` see recipient variables, too. A column with spaces is written
\`{{[First Name]}}\`.`,
  },
  NAME_TWICE: {
    severity: 'error',
    title: 'One name means two things',
    say: ({ name, first, second }) => `"${name}" is a ${kinds[first]} and a ${kinds[second]}`,
    help: () => 'rename one of the two',
    about: `Columns, \`variables\` and \`recipients.variables\` share one set of names, so that a reader of a message need not know which of two
values wins. A recipient variable may redefine the column that it is computed from: \`name: "{{upper name}}"\`.`,
  },
  NAME_RESERVED: {
    severity: 'error',
    title: 'A variable has a name that is taken',
    say: ({ name, by }) => `${by} or callplan itself fills "${name}"`,
    help: () => 'choose another name',
    about:
      'The provider, or callplan, sends something under this name with each call, and one of the two would be lost.',
  },
  SOURCE_KIND: {
    severity: 'error',
    title: 'A source is of no kind, or of two',
    say: ({ path, found }) => (found === 'none' ? `${path} names no source` : `${path} names two sources`),
    help: ({ found }) => (found === 'none' ? 'name a file: csv: recipients.csv' : 'make two sources of it'),
    about: `A source is one of csv, tsv, json, jsonl, xlsx, sql and rows:

${example('recipients:\n  from:\n    - csv: recipients.csv\n    - rows:\n        - {mobile: "+2348031234567", name: Ada}')}`,
  },
  SOURCE_OPTION: {
    severity: 'error',
    title: 'An option of a source that it does not have',
    say: ({ path, key, kind }) =>
      `${path} is ${kind === 'path' ? 'a file on this machine' : kind}, which has no ${key}`,
    help: () => 'remove it',
    about: `\`delimiter\` belongs to csv, \`encoding\` to csv and tsv, \`at\` to json, \`sheet\` to xlsx, \`query\` to sql; \`headers\` and \`sha256\` to
files that are named by their https address.`,
  },
  FILTER_EMPTY: {
    severity: 'error',
    title: 'A condition that no row can meet',
    say: ({ column, after, before }) =>
      `only.${column} leaves out every row: nothing is after ${after} and before ${before}`,
    help: () => 'change one of them; both leave the limit itself out',
    about: `\`after\` and \`before\` leave the limit itself out, and a limit that is a day compares days: the rows of one day are read by the day
before it and the day after it.

${wrongAndRight('only:\n  visit: {after: "2026-11-23", before: "2026-11-24"}', 'only:\n  visit: {after: "2026-11-22", before: "2026-11-24"}')}`,
  },
  TIMEZONE_UNKNOWN: {
    severity: 'error',
    title: 'A time zone is not known',
    say: ({ zone }) => `"${zone}" is not a time zone`,
    help: ({ meant }) => (meant === undefined ? 'use an IANA name such as Africa/Lagos' : `did you mean ${meant}?`),
    about: `Zones have names of the IANA database: \`Africa/Lagos\`, \`Europe/Berlin\`, \`UTC\`. Abbreviations and offsets such as \`+01:00\` do not
know daylight saving.`,
  },
  COUNTRY_UNKNOWN: {
    severity: 'error',
    title: 'A country is not known',
    say: ({ country }) => `"${country}" is not a country with phone numbers`,
    help: ({ meant }) =>
      meant === undefined ? 'use the two capital letters of ISO 3166, such as NG' : `did you mean ${meant}?`,
    about: 'The country of numbers that are written without a country code: two capital letters, as in `country: NG`.',
  },
  URL_INVALID: {
    severity: 'error',
    title: 'A URL that cannot be used',
    say: ({ path, problem }) => `${path} cannot be used: ${problem}`,
    help: () => 'write it like https://voice.example.org/v1',
    about: `The provider's addresses are plain: a scheme, a host and a path, without a user, query or fragment.

A source is a path, an https address or, after \`sql\`, a PostgreSQL address. What other programs serve (ftp, S3, MySQL) is brought by a job of
your own, as a file.`,
  },
  URL_INSECURE: {
    severity: 'error',
    title: 'An address of plain http',
    say: ({ path, host }) => `${path} would talk to ${host} unencrypted`,
    help: () => 'use https; http is for addresses of this machine, such as 127.0.0.1',
    about:
      'Whoever is on the way of an http request can read its credential, and the people in its answer. Only to a loopback address it never leaves the machine.',
  },
  PROVIDER_NOT_ALLOWED: {
    severity: 'error',
    title: "A provider's module that was not let in",
    say: ({ path }) => `"${path}" is a program, and the command line does not let it in`,
    help: ({ path }) => `read it; if you trust it, add: --allow-provider ${shellWord(path)}`,
    about: `A campaign may name a module as its provider: \`provider: {type: ./providers/acme.js}\`. Such a module is a program that runs with all
your rights, so a file alone cannot load it: the command line has to name it as well, once for each module.

    callplan validate campaigns --allow-provider providers/acme.js

Paths count, not spellings: links are followed on both sides.`,
  },
  PROVIDER_MODULE: {
    severity: 'error',
    title: "A provider's module that cannot be used",
    say: ({ path, problem }) => `"${path}" is no provider: ${problem}`,
    help: () => 'mend the module; docs/provider-kit.md says what one needs',
    about: `The module was let in and loaded, but something of it is wrong: it threw, it did not end loading within ten seconds, it has no default
export, or its definition lacks a member, which the finding names. A provider is defined like this:

    import { defineProvider } from 'callplan/provider';

    export default defineProvider({ name: 'acme', ... });

Node reads a \`.js\` file as CommonJS where the package.json above it says \`"type": "commonjs"\`, as \`npm init\` writes it: call the module
\`.mjs\`, or write \`"type": "module"\`.`,
  },
  ADDRESS_TWICE: {
    severity: 'error',
    title: 'Two files have one address',
    say: ({ address, file }) => `${address} is the address of ${file}, too`,
    help: () => 'give one of them another campaign',
    about: `The address, \`campaign/environment\`, is what a remote object and the record of calls belong to. Two files with one address would
undo each other's changes, and count each other's calls as their own.`,
  },
  RESOURCE_TWICE: {
    severity: 'error',
    title: 'Two campaigns manage one object',
    say: ({ noun, id, address }) => `the ${noun} ${id} is managed by ${address}, too`,
    help: ({ noun }) => `leave only the id in one of the two: then it uses the ${noun} and never writes it`,
    about: 'Each apply would undo the other. Several campaigns may use one object by its `id` alone.',
  },
};

const kinds: Readonly<Record<NameKind, string>> = {
  column: 'column',
  constant: 'constant under variables',
  recipient_variable: 'variable under recipients.variables',
};
