import type { Invocation } from './command.ts';
import type { OptionSpec } from './option.ts';
import { longFlag } from './option.ts';
import { environmentOption, recipientsOption, storeOption, waveOption } from './options.ts';

/** Options that say which campaign and ledger are meant: whoever goes on needs them again. */
const kept: readonly OptionSpec<string | undefined>[] = [environmentOption, waveOption, recipientsOption, storeOption];

/** A command line to go on with: another command about the same campaigns. */
export function nextCommand(
  command: string,
  invoked: Invocation,
  paths: readonly string[] = invoked.args,
  extra: readonly string[] = [],
): string {
  const options = kept.flatMap((spec) => {
    const value = invoked.given(spec);
    return value === undefined ? [] : [spec === environmentOption ? '-e' : longFlag(spec.flags), value];
  });
  return ['callplan', command, ...[...paths, ...options, ...extra].map(quoted)].join(' ');
}

/** A word as a POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
