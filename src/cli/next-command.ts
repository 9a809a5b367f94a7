import { shellWord } from '../report/words/quote.ts';
import type { Invocation } from './command.ts';
import { commands } from './commands.ts';
import type { OptionSpec } from './option.ts';
import { longFlag } from './option.ts';
import { allowProviderOption, environmentOption, recipientsOption, storeOption, waveOption } from './options.ts';
import { renamedFromOption } from './run/options.ts';

/** Options that say which campaign and ledger are meant: whoever goes on needs them again. */
const kept: readonly OptionSpec<string | readonly string[] | undefined>[] = [
  environmentOption,
  waveOption,
  recipientsOption,
  storeOption,
  renamedFromOption,
  allowProviderOption,
];

/** A command line to go on with: another command about the same campaigns. */
export function nextCommand(
  command: string,
  invoked: Invocation,
  paths: readonly string[] = invoked.args,
  extra: readonly string[] = [],
): string {
  const target = commands.find(({ name }) => name === command);
  const options = kept.flatMap((spec) => {
    if (target?.options.includes(spec) === false) return [];
    const flag = spec === environmentOption ? '-e' : longFlag(spec.flags);
    return [invoked.given(spec) ?? []].flat().flatMap((value) => [flag, value]);
  });
  return ['callplan', command, ...[...paths, ...options, ...extra].map(shellWord)].join(' ');
}

/** `plan` for what was taken without an environment: plan needs one of them. */
export function nextPlan(invoked: Invocation, environments: readonly string[]): string {
  return inEnvironment(nextCommand('plan', invoked), environments);
}

/** A command line that lacks the choice of an environment. */
export function inEnvironment(line: string, environments: readonly string[]): string {
  return environments.length === 0 ? line : `${line} -e <${environments.join('|')}>`;
}

/** `run` after a command about several campaigns: it calls one. */
export function nextRuns(invoked: Invocation): readonly string[] {
  return ['for each campaign that is to be called:', nextCommand('run', invoked, ['PATH'])];
}

/** How the command line named a campaign: by its own path, where no other campaign is meant by that. */
export function namedPath({ args }: Invocation, file: string, campaigns: number): readonly string[] {
  return campaigns === 1 && args.length === 1 ? args : [file];
}

/** A command line to go on with, for what does not know the one that was called. That of `rerun` begins with a manifest. */
export type Follow = (command: string, extra?: readonly string[]) => string;

/** Follow-ups of a command about one campaign, which is named as it was there. */
export function followed(invoked: Invocation): Follow {
  return (command, extra = []) =>
    command === 'rerun'
      ? nextCommand('rerun', invoked, extra.slice(0, 1), extra.slice(1))
      : nextCommand(command, invoked, invoked.args.slice(0, 1), extra);
}
