import type { ForeignFile, RecipientCodes } from '../../model/codes/recipients.ts';
import type { Wordings } from '../wording.ts';

const foreign: Readonly<Record<ForeignFile, { readonly name: string; readonly help: string }>> = {
  workbook: {
    name: 'a spreadsheet workbook, not text in UTF-8',
    help: 'name it as what it is: {xlsx: …, sheet: …}; or save the sheet as CSV (UTF-8)',
  },
  'web-page': {
    name: 'a web page, not a list',
    help: 'look at it: often it asks for a sign-in, which headers of the source can bring',
  },
  'utf-16': {
    name: 'UTF-16 text, not text in UTF-8',
    help: 'say so beside the file: {csv: …, encoding: utf-16le}; or save it as CSV UTF-8',
  },
  binary: { name: 'a binary file, not text in UTF-8', help: 'check the path; text holds no zero bytes' },
};

const strictSources = `Reading is strict, because a row that is read wrongly is a wrong person called, or nobody.`;

/** The codes of findings about a source that is text. */
export type TextSourceCode = Extract<
  keyof RecipientCodes,
  `SOURCE_${'ENCODING' | 'NOT_CSV' | 'DELIMITER' | 'HEADER' | 'QUOTES' | 'LINE' | 'JSON' | 'ITEMS'}${string}`
>;

/** Findings about the text of a source: its encoding, header, quotes, JSON. */
export const textSourceWords: Wordings<Pick<RecipientCodes, TextSourceCode>> = {
  SOURCE_ENCODING: {
    severity: 'error',
    title: 'A recipient source is not in its encoding',
    say: ({ path, encoding, line }) => `"${path}" is not ${encoding}: see line ${String(line)} or shortly after`,
    help: () => 'save it as CSV UTF-8, or say its encoding beside the file: {csv: …, encoding: windows-1252}',
    about: `Sources are UTF-8, with or without a byte order mark, unless \`encoding\` says another (any label of the WHATWG Encoding
Standard, such as \`windows-1252\` or \`utf-16le\`). Bytes that the encoding does not have are never replaced: a name would be
read out wrongly, and a number might change.`,
  },
  SOURCE_ENCODING_UNKNOWN: {
    severity: 'error',
    title: 'The encoding of a source is unknown',
    say: ({ path, encoding }) => `"${encoding}" is no encoding, said for "${path}"`,
    help: () => 'use a label such as utf-8, windows-1252, iso-8859-15 or utf-16le',
    about: 'Labels are those of the WHATWG Encoding Standard: https://encoding.spec.whatwg.org/#names-and-labels',
  },
  SOURCE_NOT_CSV: {
    severity: 'error',
    title: 'A recipient source is no list',
    say: ({ path, found }) => `"${path}" is ${foreign[found].name}`,
    help: ({ found }) => foreign[found].help,
    about: `The first bytes of the file, or zero bytes in it, show that it is something else. An address that answers with a web page mostly asks for a
sign-in: give it the header of a credential.

A workbook is read as \`{xlsx: …, sheet: …}\`, or saved as CSV. Spreadsheet programs: save as *CSV UTF-8 (comma delimited)*. "Unicode Text" of older versions is UTF-16, which can be read
if \`encoding: utf-16le\` stands beside the file.`,
  },
  SOURCE_DELIMITER: {
    severity: 'error',
    title: 'The delimiter of a source is not clear',
    say: ({ path, candidates }) => `the header of "${path}" holds ${candidates.map(named).join(' and ')} equally often`,
    help: () => 'say it beside the file: {csv: …, delimiter: ";"}',
    about: `The delimiter is told from the header: of comma, semicolon, tab and | the one that it holds most often. Where two are equally
often in it, it must be said.`,
  },
  SOURCE_HEADER_MISSING: {
    severity: 'error',
    title: 'A source has no header',
    say: ({ path, column }) =>
      `the first line of "${path}" holds a phone number in column ${String(column)}: it has no header`,
    help: () => 'put a line with the names of the columns on top',
    about: `The first line of a source names its columns. Were a line of data taken for it, the first person would never be called.

A suppression list of one column may do without a header.`,
  },
  SOURCE_HEADER_DUPLICATE: {
    severity: 'error',
    title: 'Two columns have one name',
    say: ({ path, name, columns }) =>
      `"${path}" has the column "${name}" ${String(columns.length)} times (columns ${columns.slice(0, 5).join(', ')}${columns.length > 5 ? ', ...' : ''})`,
    help: () => 'rename or remove all but one',
    about:
      'Which of them a template means could only be guessed. Names are compared without the white space around them.',
  },
  SOURCE_HEADER_EMPTY: {
    severity: 'error',
    title: 'A column has no name',
    say: ({ path, column }) => `column ${String(column)} of "${path}" has no name`,
    help: () => 'name it or remove it; a delimiter at the end of each line makes an empty column too',
    about: 'Often the sheet has a column that looks empty but is not, or each line ends in a delimiter.',
  },
  SOURCE_HEADER_BREAK: {
    severity: 'error',
    title: 'The name of a column has a line break',
    say: ({ path, column }) => `the name of column ${String(column)} of "${path}" has a line break`,
    help: () => 'remove it; if lines end in CR alone, save the file with LF or CRLF',
    about: `Either a quote in the header is not closed, or the file has the line ends of very old Macs (CR alone), which are not read.`,
  },
  SOURCE_HEADER_RESERVED: {
    severity: 'error',
    title: 'The name of a column is reserved',
    say: ({ path, name }) => `"${path}" has a column "${name}", which cannot be the name of a value`,
    help: () => 'rename the column',
    about: 'See TEMPLATE_NAME_RESERVED.',
  },
  SOURCE_QUOTES: {
    severity: 'error',
    title: 'A quote in a source is not closed',
    say: ({ path, line }) => `a quote in "${path}" is not closed, from line ${String(line)} on`,
    help: () => 'close it, or double it where the cell shall hold a quote: "the ""old"" clinic"',
    about: `Behind a quote that is not closed nobody can say where rows begin, so whole rows could vanish into one cell. That is why it
is a finding about the file and not about one row: \`max_invalid\` does not lift it.

A quote in the middle of a cell that is not quoted (\`5" pipe\`) is a reason for its row alone: ROW_QUOTES.`,
  },
  SOURCE_LINE_TOO_LONG: {
    severity: 'error',
    title: 'A line of a source is too long',
    say: ({ path, line, limit }) => `line ${String(line)} of "${path}" is longer than ${String(limit)} bytes`,
    help: () => 'check whether the file is CSV with one row a line',
    about: `${strictSources} No row of people's data comes near the limit.`,
  },
  SOURCE_JSON: {
    severity: 'error',
    title: 'A recipient source is no JSON',
    say: ({ path, where, problem }) => `"${path}" cannot be read at ${where}: ${problem}`,
    help: () => 'mend the file; one object a line is read as {jsonl: …}',
    about: `JSON is read strictly: no comments, no commas at the end, no key twice in one object (which of the two values holds could only be
guessed). Numbers keep the digits that they are written with.`,
  },
  SOURCE_ITEMS: {
    severity: 'error',
    title: 'Where the rows of a JSON file are is not clear',
    say: ({ path, items, found }) =>
      `${items === '' ? 'the whole' : items} of "${path}" is ${found}, not a list of objects`,
    help: () => 'say the way to the list: {json: …, at: data.items}',
    about: `A JSON source is a list of objects, one a row. Where the list is deeper in the file, \`at\` says the keys that lead to it.`,
  },
};

function named(delimiter: string): string {
  const names: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': '|' };
  return names[delimiter] ?? delimiter;
}
