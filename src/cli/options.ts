/** The options that several commands share: one wording, one meaning. */
import { choice, flag, parsed, text, texts, wholeNumber } from './option.ts';
import type { OptionSpec } from './option.ts';
import { UsageError } from './usage-error.ts';

/** The formats of results. */
export type Format = 'text' | 'json';

export const formatOption: OptionSpec<Format> = choice('--format <format>', 'how the result is printed', [
  'text',
  'json',
]);

export const environmentOption: OptionSpec<string | undefined> = {
  ...text('-e, --environment <name>', 'the environment of the campaign file'),
  completes: 'environments',
};

/** As schema/campaign.schema.json says it of `wave`. */
const waveName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

export const waveOption: OptionSpec<string | undefined> = parsed(
  '--wave <name>',
  "the wave, instead of the file's",
  (written) => {
    if (waveName.test(written)) return written;
    throw new UsageError(
      `--wave takes 1 to 63 letters, digits, dots, dashes and underscores, a letter or digit first; this is "${written}"`,
    );
  },
);

export const recipientsOption: OptionSpec<string | undefined> = text(
  '--recipients <file>',
  'a file that replaces recipients.from; its ending says the format, else CSV',
);

export const storeOption: OptionSpec<string | undefined> = text(
  '--store <path>',
  'the store file (also CALLPLAN_STORE); default: .callplan/callplan.db beside the nearest .git or .callplan',
);

export const allowProviderOption: OptionSpec<readonly string[]> = texts(
  '--allow-provider <file>',
  'let campaigns name this module as their provider; its code runs here. May be given several times',
);

export const showNumbersOption: OptionSpec<boolean> = flag('--show-numbers', 'print phone numbers whole');

export const allOption: OptionSpec<boolean> = flag('--all', 'list everybody who waits, not only the first');

export const rejectsOption: OptionSpec<string | undefined> = text(
  '--rejects <file>',
  'write all rows that cannot be called to a CSV file, with their reasons (mode 0600)',
);

export const allowChangesOption: OptionSpec<number | undefined> = wholeNumber(
  '--allow-changes <number>',
  'so many objects may change, where that is a large share of many',
  { from: 1 },
);

export const allowDeletesOption: OptionSpec<number | undefined> = wholeNumber(
  '--allow-deletes <number>',
  'exactly so many objects may be deleted at the provider',
  { from: 1 },
);

export const detailedExitcodeOption: OptionSpec<boolean> = flag(
  '--detailed-exitcode',
  'exit 2 where something would change or somebody would be called',
);

export const autoApproveOption: OptionSpec<boolean> = flag(
  '--auto-approve',
  'make the changes without asking; lifts no guard',
);

export const previewLimitOption: OptionSpec<number | undefined> = wholeNumber(
  '--limit <number>',
  'so many recipients; default 3',
  { from: 1, to: 1000 },
);
