/** The options of `rehearse`. */
import { parseInstant } from '../../model/instant.ts';
import type { CommandSpec } from '../command.ts';
import { flag, parsed } from '../option.ts';
import type { OptionSpec } from '../option.ts';
import { seedOption } from '../sandbox-options.ts';
import { UsageError } from '../usage-error.ts';

/** Epoch ms. */
export const atOption: OptionSpec<number | undefined> = parsed(
  '--at <time>',
  'when the rehearsal begins, ISO 8601 with offset: 2026-11-24T08:00:00+01:00',
  (written) => {
    const startMs = parseInstant(written);
    if (startMs !== undefined) return startMs;
    throw new UsageError(
      `--at takes a date and time with its offset, such as 2026-11-24T08:00:00+01:00; this is "${written}"`,
    );
  },
);

export const allSkippedOption: OptionSpec<boolean> = flag('--all', 'name everybody who is skipped, not only the first');

/** Beside those that say which campaign is meant. */
export const rehearseOptions: CommandSpec['options'] = [atOption, seedOption, allSkippedOption];
