/** The options of `diff` alone. */
import { flag } from '../option.ts';
import type { OptionSpec } from '../option.ts';

export const everybodyOption: OptionSpec<boolean> = flag(
  '--all',
  'name everybody who ended otherwise in the JSON, not only the first twenty of each kind',
);

export const differsOption: OptionSpec<boolean> = flag(
  '--detailed-exitcode',
  'exit 2 where the waves differ in anything but times and ids',
);

export const diffDescription = `Compare two waves by their manifests.

It shows what was configured otherwise, how many ended how, and, where both manifests name recipients by the same key, how many of the same people ended otherwise in the second wave. What the results say is counted anew, and their digests are computed anew: files that were changed since are refused.

Times and ids differ from run to run; they are told apart and count for no difference.`;
