/** The options and words of `call`. */
import { flag, text } from '../option.ts';
import type { OptionSpec } from '../option.ts';

export const toOption: OptionSpec<string | undefined> = text(
  '--to <number>',
  'the number to call: your own, with its country code',
);

export const asIdOption: OptionSpec<string | undefined> = text(
  '--as <id>',
  'with the row of this recipient; default: the first that can be called',
);

export const approvedOption: OptionSpec<boolean> = flag('--auto-approve', 'call without asking; lifts nothing else');

export const outsideWindowsOption: OptionSpec<boolean> = flag(
  '--outside-windows',
  'call without asking though no calling window is open',
);

export const callDescription = `Make one real call to a number of your own, as a recipient would get it.

It belongs to no wave and counts as nobody's call: the recipient whose row it uses is called by run all the same. It is asked for first; without a terminal --auto-approve says so. Who opted out, or is on a do-not-call list of the campaign, is not called, whatever is said.

The call is as safe as any other: written down before it is sent, followed to its end, looked up where nobody knows what became of it. If it is left before it is over, the next run follows it.`;
