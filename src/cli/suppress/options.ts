import { parsed, text } from '../option.ts';
import type { OptionSpec } from '../option.ts';
import { UsageError } from '../usage-error.ts';

/** Characters; a reason is a line in a list, not a file. */
const longestReason = 200;

export const countryOption: OptionSpec<string | undefined> = text(
  '--country <code>',
  'the country of numbers written without a country code: NG',
);

export const becauseOption: OptionSpec<string | undefined> = parsed(
  '--because <text>',
  'why, for whoever reads the list',
  (written) => {
    if (written.length <= longestReason) return written;
    throw new UsageError(
      `--because takes at most ${String(longestReason)} characters; this is ${String(written.length)} long`,
    );
  },
);

export const suppressDescription = `Keep the store's list of people who are not to be called, by any campaign.

add and remove take numbers; - stands for those on standard input, one a line. list shows who is on the list, since when and why. Calls in which somebody asks not to be called put the number on the list by themselves, where the provider tells.

A run that is going on calls nobody on the list from its next dispatch on. Doing it again changes nothing. What was removed stays on record: list --format json shows it.`;
