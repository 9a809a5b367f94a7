import type { RecipientCodes } from '../../model/codes/recipients.ts';
import type { RowReason, RowReasonCode } from '../../model/recipient.ts';
import type { RowWording, Wordings } from '../wording.ts';

/** Findings about recipient sources and suppression lists as a whole. */
export const recipientWords: Wordings<RecipientCodes> = {
  SOURCE_MISSING: {
    severity: 'error',
    title: 'A recipient source is not there',
    say: ({ path }) => `"${path}" is not there`,
    help: () => 'check the path; it starts from the folder of the campaign file',
    about: 'A path under `recipients.from` or `recipients.suppress` leads nowhere.',
  },
};

/** Why a row is not called. */
export const rowWords: Readonly<Record<RowReasonCode, RowWording>> = {
  ROW_RAGGED: word('A row with too many or too few cells', 'quote cells that contain the delimiter'),
  ROW_ENCODING: word('A row that is not in the encoding of its file', 'save the file as UTF-8, or say its encoding'),
  ROW_QUOTES: word('A quote that does not close', 'double the quotes inside of a quoted cell'),
  ROW_PHONE_MISSING: word('No phone number', 'fill the cell or remove the row'),
  ROW_PHONE_INVALID: word('Not a phone number that can exist', 'correct the number'),
  ROW_PHONE_SCIENTIFIC: word('A phone number in scientific notation', 'format the column as text in the spreadsheet'),
  ROW_PHONE_NO_COUNTRY: word(
    'A phone number without a country',
    'write it with + and country code, or set recipients.country',
  ),
  ROW_PHONE_LOST_PLUS: word('A phone number that lost its plus', 'format the column as text in the spreadsheet'),
  ROW_PHONE_LOST_ZERO: word(
    'A phone number that lost its leading zero',
    'format the column as text in the spreadsheet',
  ),
  ROW_PHONE_APOSTROPHE: word('A phone number with a leading apostrophe', 'remove the apostrophe'),
  ROW_PHONE_DIRECTION_MARK: word('A phone number with an invisible mark', 'type the number again'),
  ROW_PHONE_TWO_NUMBERS: word('Two phone numbers in one cell', 'keep one number a row'),
  ROW_ID_MISSING: word('No id', 'fill the columns that recipients.id uses'),
  ROW_ID_TWO_PHONES: word('One id with two phone numbers', 'keep one row for each id'),
  ROW_SAME_PHONE: word('Several ids with one phone number', 'set recipients.same_phone'),
  ROW_VALUE_MISSING: word('A value that a template needs is missing', 'fill the cell, or use the helper "default"'),
  ROW_VALUE_DATE: word('Not a date that can be read', "write it as ISO 8601, or say its form: in='dd/MM/yyyy'"),
  ROW_VALUE_NUMBER: word('Not a number', 'correct the cell'),
  ROW_VALUE_PLACEHOLDER: word("A value that holds the provider's placeholder syntax", 'remove the brackets'),
  ROW_VALUE_CONTROL: word('A value that holds control characters', 'type the value again'),
  ROW_ZONE_UNKNOWN: word('Not a time zone', 'use a name such as Africa/Lagos'),
  ROW_TIME_INVALID: word('Not a date and time', 'write it as ISO 8601'),
  ROW_CALL_OPTION: word('A call option that the provider does not take', 'correct the cell that the option uses'),
  ROW_MESSAGE_TOO_LONG: word('A message that is too long for the provider', 'shorten the message or the value'),
};

function word(title: string, help: string): RowWording {
  return { title, say: (reason) => sentence(title, reason), help, about: `The row is not called: ${help}.` };
}

function sentence(title: string, { column, detail }: RowReason): string {
  const where = column === undefined ? '' : ` in column "${column}"`;
  const what = detail === undefined ? '' : ` (${detail})`;
  return `${title.charAt(0).toLowerCase()}${title.slice(1)}${where}${what}`;
}
