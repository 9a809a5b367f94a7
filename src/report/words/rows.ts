import type { RowReason, RowReasonCode } from '../../model/recipient.ts';
import type { RowWording } from '../wording.ts';

const asText = 'format the column as text in the spreadsheet and fill it in again from where the numbers came';

/** Why a row is not called. */
export const rowWords: Readonly<Record<RowReasonCode, RowWording>> = {
  ROW_RAGGED: word({
    title: 'A row with too many or too few cells',
    help: 'quote cells that hold the delimiter, and fill in what is missing',
    about: `The row has another number of cells than the header has columns, so nobody can say which cell belongs to which column.
Usually a cell holds the delimiter and is not quoted: \`Obi, Ada\` must be \`"Obi, Ada"\`.`,
  }),
  ROW_ENCODING: word({
    title: 'A row that is not in the encoding of its file',
    help: 'save the file as UTF-8, or say its encoding beside the file',
    about: `A line holds bytes that are no UTF-8. If it is many rows, the file is in another encoding: say so with
\`{csv: …, encoding: windows-1252}\`. If it is a few, they were pasted from another program.`,
  }),
  ROW_QUOTES: word({
    title: 'A quote within a cell that is not quoted',
    help: 'quote the cell and double the quote: "5"" pipe"',
    about:
      'In CSV a quote may stand only in a quoted cell, and doubled there. Where else it stands, what the cell shall be can only be guessed.',
  }),
  ROW_SYNTAX: word({
    title: 'A line that is no JSON object',
    help: 'write one JSON object on each line: {"id": "A-17", "mobile": "+2348031234567"}',
    about: `A JSONL source has one object a line. In brackets stands what is wrong with the line: a syntax error and its column, a key that
stands twice, or another value than an object.`,
  }),
  ROW_CELL_TYPE: word({
    title: 'A value that is neither text nor number',
    help: 'bring it flat: one column for each value, or a template of the query that makes text of it',
    about: `Cells are texts. In JSON that is a text, a number as it is written, true, false, or null for an empty cell; objects and lists are
none. In a database it is everything but bytes (\`blob\`, \`bytea\`).`,
  }),
  ROW_CELL_DIGITS: word({
    title: 'A number that has lost digits',
    help: 'write it as text where it comes from: phone numbers and ids are no amounts',
    about: `Whole numbers beyond 9,007,199,254,740,991 (JSON, databases' floating point), and beyond 15 digits in a workbook, are
rounded by the programs that write them: the last digits are another person's. They can only be had from where the numbers came.`,
  }),
  ROW_CELL_ERROR: word({
    title: 'A cell whose formula failed',
    help: 'mend the formula in the workbook and save it',
    about:
      'The cell holds an error such as `#N/A` or `#REF!` instead of a value. Formulas are not calculated: the value that was saved counts.',
  }),
  ROW_FILTER: word({
    title: 'A cell that cannot be compared with a date',
    help: 'write it as ISO 8601, such as 2026-11-24 or 2026-11-24T10:30',
    about: `\`only\` asks whether the cell is before or after a date, and the cell is empty, is no ISO 8601 date, has no time of day where the
limit has one, or has an offset where the limit has none. A row that cannot be judged is never left out in silence.`,
  }),
  ROW_SCHEMA: word({
    title: 'A row that does not meet the schema',
    help: 'correct the cell, or the schema that recipients.rows_schema names',
    about: `\`recipients.rows_schema\` names a JSON Schema that each row must meet: an object of its columns, in which empty cells are missing
and texts such as \`12\` and \`true\` also count as number and boolean. In brackets stands what the schema asks for, never the value.`,
  }),
  ROW_PHONE_MISSING: word({
    title: 'No phone number',
    help: 'fill in the cell or remove the row',
    about: 'The cells that `recipients.phone` uses are empty.',
  }),
  ROW_PHONE_INVALID: word({
    title: 'Not a phone number that can exist',
    help: 'correct the number',
    about: `The number does not fit the numbering plan of its country: too many or too few digits, or a prefix that is not in use. In
brackets stands how many digits there are, or what else is in the cell. A number with an extension cannot be dialled.
Numbers are checked with the full data of libphonenumber.`,
  }),
  ROW_PHONE_SCIENTIFIC: word({
    title: 'A phone number in scientific notation',
    help: asText,
    about: `A spreadsheet took the number for an amount and wrote \`2.34803E+12\`. The last digits are gone: they cannot be restored from
this file, only from where the numbers came.`,
  }),
  ROW_PHONE_NO_COUNTRY: word({
    title: 'A phone number without a country',
    help: 'write it with + and country code, or set recipients.country to an ISO 3166 code such as NG',
    about: `A number without country code can be dialled only if the country is known: \`recipients.country: NG\`, or a template that reads
a column with two-letter codes.`,
  }),
  ROW_PHONE_LOST_PLUS: word({
    title: 'A phone number that lost its plus',
    help: `${asText}; if every number lacks it: phone: "+{{mobile}}"`,
    about: `The digits begin with a country code but have no plus, so they could be a national number too. Spreadsheets take the plus off
when they take a number for an amount. callplan does not put it back by itself; a template does so for a whole column:
\`phone: "+{{mobile}}"\`.`,
  }),
  ROW_PHONE_LOST_ZERO: word({
    title: 'A phone number that lost its leading zero',
    help: `${asText}; if every number lacks it: phone: "0{{mobile}}"`,
    about: `The cell holds nothing but digits, and in its country numbers are written with a zero in front. Spreadsheets take the zero off.
callplan does not put it back by itself, since other digits may be gone as well; a template does so for a whole column:
\`phone: "0{{mobile}}"\`.`,
  }),
  ROW_PHONE_APOSTROPHE: word({
    title: 'A phone number with a leading apostrophe',
    help: 'remove the apostrophe',
    about: 'An apostrophe tells a spreadsheet to keep a number as text. Some exports leave it in the file.',
  }),
  ROW_PHONE_DIRECTION_MARK: word({
    title: 'A phone number with an invisible mark',
    help: 'type the number again; copying it takes the mark along',
    about: `The cell holds a character that cannot be seen: a mark that sets the direction of writing (contacts and chat programs add
them), a soft hyphen or a space of no width.`,
  }),
  ROW_PHONE_TWO_NUMBERS: word({
    title: 'Two phone numbers in one cell',
    help: 'keep one number a row; a second number may go to a column of its own',
    about: 'Which of them to call could only be guessed.',
  }),
  ROW_PHONE_PREMIUM: word({
    title: 'A premium-rate phone number',
    help: 'ask for a number that costs no more than others',
    about: `Calls to it cost extra, and whoever owns it earns by them: lists that strangers can add to are used for that. Nobody's own
phone has such a number. Numbers of shared cost and freephone numbers are called. Which numbers are of premium rate is told by
the numbering plans of libphonenumber.`,
  }),
  ROW_ID_MISSING: word({
    title: 'No id',
    help: 'fill in the columns that recipients.id uses',
    about:
      'The id is what is called about once. Without one nobody could say whether this recipient was called already.',
  }),
  ROW_ID_TWO_PHONES: word({
    title: 'One id with two phone numbers',
    help: 'keep one row for each id, or let recipients.id use a column that differs',
    about: `An earlier row of the list has the same id and another number. The earlier row stands, this one is not called: which number is
right could only be guessed, and calling both would call about one thing twice.`,
  }),
  ROW_SAME_PHONE: word({
    title: 'Several ids with one phone number',
    help: 'set recipients.same_phone to call_each or call_once, or remove the row',
    about: `An earlier row of the list has the same number under another id: two people who share a phone, or one person twice. The earlier
row stands. \`same_phone: call_each\` calls once for each id, \`call_once\` once for each number; \`report\`, the default, wants a person to
decide.`,
  }),
  ROW_VALUE_MISSING: word({
    title: 'A value that a template needs is missing',
    help: 'fill in the cell, or say what stands in for it: {{default nickname first_name}}',
    about: `A sentence would have a hole. A value that may be missing is used in \`{{default …}}\` or inside \`{{#if name}}…{{/if}}\`. White space
alone counts as missing.`,
  }),
  ROW_VALUE_DATE: word({
    title: 'Not a date that can be read',
    help: "write it as ISO 8601, or say how it is written: {{formatDate visit 'd MMMM' in='dd/MM/yyyy'}}",
    about: `\`formatDate\` reads ISO 8601 (\`2026-11-24\`, \`2026-11-24T10:30\`, with \`Z\` or an offset) or what \`in=\` says, and nothing else:
03/04/2026 is March to some and April to others.

A time of day needs a value that has one. A value with an offset of its own is told in the zone of \`recipients.timezone\`, which
must then be set. A local time must exist: when clocks go forward, an hour is left out.`,
  }),
  ROW_VALUE_NUMBER: word({
    title: 'Not a number',
    help: 'write digits with a decimal point and nothing else, such as 1500.50',
    about:
      '`formatNumber` reads digits with a decimal point. `1,500` is one and a half thousand to some and one and a half to others, so it is not read.',
  }),
  ROW_VALUE_PLACEHOLDER: word({
    title: "A value that holds the provider's placeholder syntax",
    help: 'remove the brackets from the cell',
    about: 'The provider would take part of the value for a placeholder, and read out something else or nothing.',
  }),
  ROW_VALUE_CONTROL: word({
    title: 'A value that holds control characters',
    help: 'type the value again; if many rows are concerned, the encoding of the file is wrong',
    about: `The value holds characters that cannot be spoken or shown: controls, or the mark � that a program put where it could not read
a character.`,
  }),
  ROW_ZONE_UNKNOWN: word({
    title: 'Not a time zone',
    help: 'use a name of the IANA database such as Africa/Lagos',
    about: `Zones are names of the IANA database with an area and a place. \`EST\` and \`+01:00\` are offsets and know no summer time, so a call
could come an hour too early.`,
  }),
  ROW_CONSENT_MISSING: word({
    title: 'No consent to be called',
    help: 'call only who has agreed; leave the others out with only, or write yes or the date of the agreement',
    about: `\`recipients.consent\` is \`yes\`, \`true\`, \`1\` or an ISO 8601 date for everybody who may be called by an artificial voice. An empty
cell is no consent.`,
  }),
  ROW_TIME_INVALID: word({
    title: 'Not a date and time',
    help: 'write it as ISO 8601 with a time of day, such as 2026-11-24T10:30',
    about: `\`recipients.not_before\` and \`not_after\` are ISO 8601 with a time of day. Without an offset they are local to
\`recipients.timezone\`, which must then be set. Another notation is read with
\`"{{formatDate visit \\"yyyy-MM-dd'T'HH:mm\\" in='dd/MM/yyyy HH:mm'}}"\`. A row without such a limit: \`"{{default visit ''}}"\`.`,
  }),
  ROW_CALL_OPTION: word({
    title: 'A call option that the provider does not take',
    help: 'correct the cell that the option uses',
    about: 'A value under `call` that comes from the row is not one of those that the provider takes.',
  }),
  ROW_MESSAGE_TOO_LONG: word({
    title: 'A message that is too long for the provider',
    help: 'shorten the message or the value',
    about: 'With the values of this row put in, the message is longer than the provider takes.',
  }),
};

function word({ title, help, about }: Pick<RowWording, 'title' | 'help' | 'about'>): RowWording {
  return { title, say: (reason) => sentence(title, reason), help, about };
}

function sentence(title: string, { column, detail }: RowReason): string {
  const where = column === undefined ? '' : ` in column "${column}"`;
  const what = detail === undefined ? '' : ` (${detail})`;
  return `${title.charAt(0).toLowerCase()}${title.slice(1)}${where}${what}`;
}
