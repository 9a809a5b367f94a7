import type { ForeignFile, RecipientCodes } from '../../model/codes/recipients.ts';
import type { Wordings } from '../wording.ts';
import { listed } from './quote.ts';

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

/** Findings about recipient sources and suppression lists as a whole. */
export const recipientWords: Wordings<RecipientCodes> = {
  SOURCE_MISSING: {
    severity: 'error',
    title: 'A recipient source is not there',
    say: ({ path }) => `"${path}" is not there`,
    help: () =>
      'check the path: in a campaign file it starts from the folder of that file, on the command line from where you are',
    about: `A path under \`recipients.from\` or \`recipients.suppress\` leads nowhere. Relative paths start from the folder of the
file that says them, which for an \`extends\` may be another folder.

A suppression list that is missing stops everything: without it people would be called who asked not to be.`,
  },
  SOURCE_UNREADABLE: {
    severity: 'error',
    title: 'A recipient source cannot be read',
    say: ({ path, problem }) => `"${path}" cannot be read: ${problem}`,
    help: () => 'check what the path names and who may read it',
    about: 'The path names a folder, a device, or a file that this user may not read.',
  },
  SOURCE_EMPTY: {
    severity: 'error',
    title: 'A recipient source is empty',
    say: ({ path, lacks }) => (lacks === 'everything' ? `"${path}" is empty` : `"${path}" has a header and no row`),
    help: () => 'check the export that made it; a source that shall add nobody is left out of recipients.from',
    about: `A list without anybody is nearly always an export that went wrong, and a campaign that calls nobody would look like one that
is done. A suppression list may consist of a header alone; it must not be a file without a byte.`,
  },
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
      `"${path}" has the column "${name}" ${String(columns.length)} times (columns ${columns.join(', ')})`,
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
  SOURCE_TOO_LARGE: {
    severity: 'error',
    title: 'A recipient source is too large',
    say: ({ path, size, limit }) => `"${path}" has ${String(size)} bytes, more than the ${String(limit)} that are read`,
    help: () => 'bring it as CSV or JSONL, which may be of any length',
    about: `JSON files (64 MiB) and workbooks (32 MiB, 512 MiB unpacked) are read as a whole, so their size is limited. CSV, TSV, JSONL and
queries are streamed. What is fetched from an address may have 2 GiB.`,
  },
  SOURCE_WORKBOOK: {
    severity: 'error',
    title: 'A workbook cannot be read',
    say: ({ path, problem }) => `"${path}" cannot be read as a workbook: ${problem}`,
    help: () => 'open it in a spreadsheet program and save it as .xlsx, without a password',
    about:
      'Workbooks are read in the form that Excel writes since 2007 (`.xlsx`). Older ones (`.xls`) and ones with a password are not.',
  },
  SOURCE_SHEET: {
    severity: 'error',
    title: 'The sheet of a workbook is not clear',
    say: ({ path, sheet, sheets }) =>
      sheet === undefined
        ? `"${path}" has ${String(sheets.length)} sheets: ${listed(sheets, 'and')}`
        : `"${path}" has no sheet "${sheet}"`,
    help: ({ sheet, sheets, meant }) =>
      sheet === undefined
        ? `say which: sheet: ${sheets[0] ?? 'Patients'}`
        : meant === undefined
          ? `its sheets are ${listed(sheets, 'and')}`
          : `did you mean "${meant}"?`,
    about: 'A workbook with one sheet needs no `sheet`. Names are compared letter by letter.',
  },
  SOURCE_DATABASE: {
    severity: 'error',
    title: 'A database cannot be asked',
    say: ({ path, problem }) => `the database ${path} cannot be asked: ${problem}`,
    help: () => 'check its address, the user and whether it can be reached from here',
    about: `The address of a PostgreSQL database is \`postgres://user:password@host:5432/name\`; it stands in the environment
(\`sql: \${env.DATABASE_URL}\`) and is never shown. Any other text is the path of an SQLite file.`,
  },
  SOURCE_QUERY: {
    severity: 'error',
    title: 'A query failed',
    say: ({ path, problem }) => `the query of ${path} failed: ${problem}`,
    help: () => 'try the query in the program of the database; it may only read, and be one statement',
    about: `A query runs in a transaction that can only read, for at most five minutes. What the database says about values is not shown,
since it may quote people's data; its code (SQLSTATE) is.`,
  },
  SOURCE_ADDRESS: {
    severity: 'error',
    title: 'A source could not be fetched',
    say: ({ path, problem }) => `"${path}" could not be fetched: ${problem}`,
    help: () => 'check the address and its headers; redirects are not followed, name the address that they lead to',
    about: `A source with an address is fetched once for each command, whole, before a row of it is used, into a file that only you can read
and that is gone when the command ends. Headers go to the host of the address only, which is why redirects are not followed.`,
  },
  SOURCE_CHECKSUM: {
    severity: 'error',
    title: 'A fetched source is not the one that was named',
    say: ({ path, found }) => `"${path}" has another checksum than sha256 says: ${found}`,
    help: () => 'find out who changed the file; if it shall be this one, write its checksum',
    about: 'With `sha256` a source is exactly the file that was reviewed. No row of another file is used.',
  },
  SOURCE_NOT_READ: {
    severity: 'note',
    title: 'A source was not read',
    say: ({ path, why }) =>
      why === 'remote'
        ? `${path} was not read: this command asks nobody`
        : `${path} was not read: its address or credential is not set`,
    help: () => 'plan and run read it',
    about:
      'validate, preview and rehearse read only what is on this machine. Rows of other sources are neither checked nor counted there.',
  },
  SOURCE_COLUMN_UNKNOWN: {
    severity: 'error',
    title: 'A source lacks a column that is named beside it',
    say: ({ path, name, use }) => `"${path}" has no column "${name}", which ${use} names`,
    help: ({ known, meant }) =>
      meant === undefined ? `its columns are ${listed(known, 'and')}` : `did you mean "${meant}"?`,
    about: `\`map\` names columns of the source; \`only\` names columns as they are after \`map\`. A name that is not there would leave out
everybody, or nobody.`,
  },
  SOURCE_COLUMN_TWICE: {
    severity: 'error',
    title: 'A mapped column has the name of another one',
    say: ({ path, name }) => `"${path}" has a column "${name}" already, which map would hide`,
    help: () => 'map to another name, or use the column itself in the mapping',
    about:
      'Which of the two a template means could only be guessed. A mapping may redefine its own column: `map: {name: "{{name}} {{surname}}"}`.',
  },
  ROWS_SCHEMA_INVALID: {
    severity: 'error',
    title: 'The schema of the rows cannot be used',
    say: ({ path, problem }) => `"${path}" is no JSON Schema that can be used: ${problem}`,
    help: () => 'mend it; formats are date and date-time, other forms are said with pattern',
    about: `\`recipients.rows_schema\` is a file with a JSON Schema (2020-12) for an object of the columns. Unknown keywords and formats, and
references to other files, are refused: a rule that is passed over would let rows in.`,
  },
  SUPPRESSION_COLUMN: {
    severity: 'error',
    title: 'A suppression list does not say which column holds the numbers',
    say: ({ path, columns }) =>
      `which column of "${path}" holds the numbers is not clear: ${columns.map((name) => `"${name}"`).join(', ')}`,
    help: ({ taken }) => `keep one column only, or call one of them ${listed(taken, 'or')}`,
    about: `A suppression list has one column, or exactly one that is called \`phone\`, \`mobile\`, \`number\`, \`tel\`, \`telephone\`, \`cell\`,
\`msisdn\`, \`phone_number\`, \`mobile_number\`, \`mobile_phone\`, \`telephone_number\` or \`cell_phone\`. Upper and lower case, spaces
and dashes make no difference. Other columns are passed over.`,
  },
  SUPPRESSION_HEADER: {
    severity: 'error',
    title: 'A suppression list begins with what is no name of a column',
    say: ({ path }) => `the first line of "${path}" is neither a phone number nor a name for the numbers below it`,
    help: ({ taken }) => `begin the list with a line that says ${listed(taken, 'or')}`,
    about: `A list of one column may begin with its first number, or with any name above the numbers. It is refused where that line holds as many
digits as a number has, as somebody may stand in it who would be passed over, and where nothing follows it: what is no list, such as the page of a
server that asks to log in, must not count as an empty one. An empty list says \`phone\`.`,
  },
  SUPPRESSION_ENTRY: {
    severity: 'error',
    title: 'An entry of a suppression list is no phone number',
    say: ({ path, line, unit = 'line', reason }) =>
      `${unit} ${String(line)} of "${path}" is no phone number (${reason})`,
    help: () =>
      'write it with + and country code; numbers without one are of recipients.country where that is the same for all',
    about: `Suppression is strict: an entry that cannot be read would be a person who is called although they asked not to be. So one
malformed entry stops everything, and \`max_invalid\` does not lift it. The code in brackets says what is wrong; its page says more.`,
  },
  SUPPRESSION_MORE: {
    severity: 'error',
    title: 'More entries of a suppression list are no phone numbers',
    say: ({ path, more }) => `${String(more)} more entries of "${path}" are no phone numbers`,
    help: () => 'mend the first ones; the rest often has the same cause',
    about: 'The first twenty malformed entries of a list are told one by one. See SUPPRESSION_ENTRY.',
  },
  RECIPIENTS_INVALID: {
    severity: 'error',
    title: 'Too many rows are invalid',
    say: ({ invalid, rows, allowed }) =>
      `${String(invalid)} of ${String(rows)} rows ${invalid === 1 ? 'is' : 'are'} invalid; recipients.max_invalid allows ${allowed}`,
    help: ({ enough }) => `mend the rows, or let so many be left out: max_invalid: ${enough}`,
    about: `Nobody is called while more rows are invalid than \`recipients.max_invalid\` allows: many invalid rows show that a column or a
file is wrong, and then the valid ones may be wrong as well. The default is 0. A count (\`25\`) or a share of all rows (\`1%\`) may
be allowed. Invalid rows are never called; the rejects file lists each with its line and reason.`,
  },
};

function named(delimiter: string): string {
  const names: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': '|' };
  return names[delimiter] ?? delimiter;
}
