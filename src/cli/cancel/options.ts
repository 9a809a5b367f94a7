import { flag, wholeNumber } from '../option.ts';
import type { OptionSpec } from '../option.ts';

export const approveCancelOption: OptionSpec<number | undefined> = wholeNumber(
  '--approve <n>',
  'at most so many people who wait are not called any more, without asking',
  { from: 0 },
);

export const leaveCallsOption: OptionSpec<boolean> = flag(
  '--no-wait',
  'have the calls ended, and leave following them to the next run',
);
