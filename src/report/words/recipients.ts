import type { RecipientCodes } from '../../model/codes/recipients.ts';
import type { Wordings } from '../wording.ts';
import { listed } from './quote.ts';
import { sourceWords } from './sources.ts';
import { textSourceWords } from './text-sources.ts';

/** Findings about recipient sources and suppression lists as a whole. */
export const recipientWords: Wordings<RecipientCodes> = {
  ...sourceWords,
  ...textSourceWords,
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
