import type { RecipientCodes } from '../../model/codes/recipients.ts';
import type { Wordings } from '../wording.ts';
import { listed } from './quote.ts';
import type { TextSourceCode } from './text-sources.ts';

type SourceCode = Exclude<Extract<keyof RecipientCodes, `SOURCE_${string}`>, TextSourceCode>;

/** Findings about where rows come from, and about their columns. */
export const sourceWords: Wordings<Pick<RecipientCodes, SourceCode>> = {
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
    help: () =>
      'check its address, the user and whether it can be reached from here; of SQLite, which file the path names',
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
};
