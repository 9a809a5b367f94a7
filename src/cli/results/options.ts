/** The options and words of `results`. */
import { flag, text } from '../option.ts';
import type { OptionSpec } from '../option.ts';

export const outOption: OptionSpec<string | undefined> = text(
  '--out <file>',
  'the CSV file to write (mode 0600); - stands for standard output',
);

export const transcriptsOption: OptionSpec<boolean> = flag(
  '--transcripts',
  'ask the provider what was said in each call that was answered, for a column more',
);

export const resultsDescription = `Write a table of a wave: the columns of its recipients, and what became of each of them.

The file holds names and numbers, so only you may read it. It is written whole or not at all, and may be written again at any time, also while a run is going on. Cells that a spreadsheet would run as a formula get an apostrophe in front.

Columns that callplan adds begin with callplan_; where the recipients have such a column already, the new one gets a number behind its name.`;
