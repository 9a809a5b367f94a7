import type { LoweringObstacle, TemplateCodes, TemplateConstruct } from '../../model/codes/templates.ts';
import type { Wordings } from '../wording.ts';

const constructs: Readonly<Record<TemplateConstruct, { readonly name: string; readonly help: string }>> = {
  partial: {
    name: 'a partial',
    help: 'write the text itself, or put the whole field into a file: {file: messages/reminder.hbs}',
  },
  decorator: { name: 'a decorator', help: 'write the text itself' },
  raw_block: { name: 'a raw block', help: 'write \\{{ where the braces shall stay as they are' },
  block_parameters: {
    name: 'a block with parameters (as |x|)',
    help: 'use the names of columns and variables directly',
  },
  data_variable: { name: 'a data variable (@)', help: 'use the name of a column or variable' },
  parent_path: { name: 'a parent path (../)', help: 'leave out the ../: all names are of one level' },
  this: { name: 'this', help: 'use the name of a column or variable; a column called this is {{[this]}}' },
  dotted_path: {
    name: 'a path',
    help: 'values have no parts; a header with a dot or slash is written in brackets: {{[home.phone]}}',
  },
  literal: { name: 'a literal where a name belongs', help: 'a column of that name is written in brackets: {{[2026]}}' },
};

const obstacles: Readonly<Record<LoweringObstacle, string>> = {
  helper: 'its helper would have to run for each recipient',
  default: 'default would have to choose for each recipient',
  condition: 'its condition would have to be decided for each recipient',
  zone: 'the time would have to be told in the zone of each recipient',
};

/** Findings about templates. */
export const templateWords: Wordings<TemplateCodes> = {
  TEMPLATE_SYNTAX: {
    severity: 'error',
    title: 'A template cannot be read',
    say: ({ problem, near }) => `cannot read the template near "${near}": ${problem}`,
    help: () => 'expressions stand in double braces: {{patient_name}}; to print the braces themselves write \\{{',
    about: `Templates are Handlebars: \`{{name}}\`, \`{{helper name 'text'}}\`, \`{{#if name}} … {{else}} … {{/if}}\`.

Often one brace too few or too many is the cause, a block that is not closed, or a header with spaces, which stands in
brackets: \`{{[First Name]}}\`. Text that shall print double braces escapes them: \`\\{{\`.`,
  },
  TEMPLATE_CONSTRUCT: {
    severity: 'error',
    title: 'A template uses what campaigns do not have',
    say: ({ construct, expression }) => `"${expression}" is ${constructs[construct].name}, which campaigns do not have`,
    help: ({ construct }) => constructs[construct].help,
    about: `A campaign's values are flat: a name stands for one text, number or truth value. So there is nothing to go up or
down to (\`../\`, \`a.b\`, \`this\`, \`@root\`), and no list to walk. Partials, decorators and raw blocks are left out because a
reviewer must see what is said to people in one place.

A header that holds a dot, a slash or a space stands in brackets: \`{{[home.phone]}}\`.`,
  },
  TEMPLATE_HELPER_UNKNOWN: {
    severity: 'error',
    title: 'A template calls a helper that is not there',
    say: ({ helper, expression }) => `"${expression}" calls ${helper}, which is no helper`,
    help: ({ known, meant }) =>
      meant === undefined
        ? `the helpers are ${known.join(', ')}; a header with spaces is written {{[First Name]}}`
        : `did you mean ${meant}?`,
    about: `The helpers are \`default\`, \`formatDate\`, \`formatNumber\`, \`upper\`, \`lower\` and \`eq\`, and the blocks \`#if\` and \`#unless\`.
Campaigns cannot add helpers: what is said to people must be seen in the file.

\`{{First Name}}\` reads as a helper \`First\` with an argument. A header with spaces stands in brackets: \`{{[First Name]}}\`.`,
  },
  TEMPLATE_BLOCK_UNKNOWN: {
    severity: 'error',
    title: 'A template uses a block that is not there',
    say: ({ block, expression }) => `"${expression}" opens the block #${block}, which campaigns do not have`,
    help: () => 'the blocks are {{#if name}} … {{else}} … {{/if}} and {{#unless name}} … {{/unless}}',
    about: `The blocks are \`#if\` and \`#unless\`, with \`else\` and \`else if\`. A recipient's values are flat texts, so \`#each\` and \`#with\`
would have nothing to work on.

\`{{#if name}}\` asks whether the value is there and not empty. The text \`false\` or \`no\` in a cell is not empty; compare
instead: \`{{#if (eq consent 'yes')}}\`.`,
  },
  TEMPLATE_HELPER_ARGUMENTS: {
    severity: 'error',
    title: 'A helper is called with the wrong arguments',
    say: ({ helper, expression, problem }) => `"${expression}" calls ${helper} wrongly: ${problem}`,
    help: ({ usage }) => `write it like this: ${usage}`,
    about: `| helper | example |
|---|---|
| \`default\` | \`{{default nickname first_name 'friend'}}\`: the first that is not empty; the last must not be |
| \`formatDate\` | \`{{formatDate appointment 'd MMMM'}}\`, \`{{formatDate visit 'EEEE' in='dd/MM/yyyy'}}\` |
| \`formatNumber\` | \`{{formatNumber balance decimals=2}}\` |
| \`upper\`, \`lower\` | \`{{upper code}}\` |
| \`eq\` | \`{{#if (eq language 'pidgin')}}\`: compared as text |

A column that has the name of a helper is written in brackets: \`{{[default]}}\`.`,
  },
  TEMPLATE_DATE_PATTERN: {
    severity: 'error',
    title: 'A date pattern does not mean what it seems to',
    say: ({ pattern, problem }) => `the date pattern "${pattern}" does not work: ${problem}`,
    help: () =>
      'patterns are made of yyyy MM MMMM dd d EEEE HH h mm a, with words in single quotes: "d MMMM \'at\' HH:mm"',
    about: `Patterns are made of Luxon's tokens (https://moment.github.io/luxon/#/formatting):

| token | prints |
|---|---|
| \`yyyy\` \`yy\` | 2026, 26 |
| \`MMMM\` \`MMM\` \`MM\` \`M\` | November, Nov, 11, 11 |
| \`dd\` \`d\` | 05, 5 |
| \`EEEE\` \`EEE\` | Tuesday, Tue |
| \`HH\` \`H\`, \`hh\` \`h\` with \`a\` | 09, 9, 09, 9 AM |
| \`mm\` \`m\`, \`ss\` \`s\`, \`SSS\` | minutes, seconds, milliseconds |
| \`ZZ\` \`ZZZ\` \`ZZZZ\` \`z\` | +01:00, +0100, GMT+1, Africa/Lagos |

\`YYYY\` and \`DD\` of other tools are not among them, and a letter that is no token would be printed as it is; so they are
findings. Words stand in single quotes. A pattern after \`in=\` must hold a year, a month and a day: what is missing would
have to be guessed. A two-digit year \`yy\` is read as 1961 to 2060.`,
  },
  TEMPLATE_NAME_RESERVED: {
    severity: 'error',
    title: 'A name is reserved',
    say: ({ name }) => `"${name}" cannot be the name of a value`,
    help: () => 'rename the column or variable',
    about: `Names such as \`constructor\`, \`toString\` and \`__proto__\` mean something to the language that callplan and many tools behind
providers are written in. They are refused everywhere, so that no template reaches what is not data.`,
  },
  TEMPLATE_TOO_LONG: {
    severity: 'error',
    title: 'A template is too long',
    say: ({ length, limit }) => `the template has ${String(length)} characters; at most ${String(limit)} are read`,
    help: () => 'check whether the right file is named; what differs per recipient belongs into columns',
    about: 'The limit is far above the longest message or prompt; behind it there is usually a wrong file.',
  },
  TEMPLATE_TOO_DEEP: {
    severity: 'error',
    title: 'A template is nested too deeply',
    say: ({ limit }) => `blocks and expressions are nested more than ${String(limit)} deep`,
    help: () => 'compute parts under recipients.variables, or a column in the source',
    about: 'The limit keeps a hostile file from exhausting the program; no message needs as much.',
  },
  TEMPLATE_CONSTANT_EMPTY: {
    severity: 'error',
    title: 'A template needs a constant that is empty',
    say: ({ name, expression }) => `"${expression}" needs ${name}, which is empty under variables`,
    help: ({ name }) => `give ${name} a value, or write {{default ${name} 'something else'}}`,
    about:
      'A value that a message needs must not be empty: the sentence would have a hole. Since the constant is the same for every recipient, no row could be called.',
  },
  TEMPLATE_CONSTANT_VALUE: {
    severity: 'error',
    title: 'A helper cannot read a constant',
    say: ({ expression, expected }) => `"${expression}" cannot read its constant: ${expected}`,
    help: () => 'write the constant in that form, or say with in= how it is written',
    about: `The constant is the same for every recipient, so no row could be called. \`formatDate\` reads ISO 8601 or what \`in=\` says, and
\`formatNumber\` reads digits with a decimal point; neither guesses.`,
  },
  TEMPLATE_NOT_LOWERABLE: {
    severity: 'error',
    title: 'An expression cannot be handed to the provider',
    say: ({ expression, obstacle }) =>
      `"${expression}" cannot become a placeholder of the provider: ${obstacles[obstacle]}`,
    help: ({ expression, obstacle }) =>
      obstacle === 'condition'
        ? 'compute the whole passage under recipients.variables, for example passage: "{{#if …}}…{{/if}}", and write {{passage}} here'
        : `compute it under recipients.variables, for example text: "${expression}", and write {{text}} here`,
    about: `This field is kept by the provider, which puts each recipient's values into placeholders. Placeholders are plain names, so
only names and what depends on constants alone can stand here. Anything else is computed before, per recipient:

\`\`\`yaml
workflow:
  message: Your appointment is on {{date}}.
recipients:
  variables:
    date: "{{formatDate appointment 'd MMMM'}}"
\`\`\``,
  },
};
