import type { Invocation } from '../command.ts';
import { nextCommand, type Follow } from '../next-command.ts';
import { longFlag } from '../option.ts';
import { allowChangedOption, onlyOption } from './options.ts';

type Rerunning = {
  /** The campaign file, from the working directory. */
  readonly file: string;
  readonly environment: string;
  readonly wave: string;
  /** The wave that it repeats. */
  readonly parent: string;
};

/** Commands that are about a wave, and must name the one of the rerun. */
const ofWave: readonly string[] = ['status', 'resolve', 'resume', 'results', 'pause', 'cancel'];

/**
 * Follow-ups of a rerun: `run` is the rerun itself once more, `run-parent` and `status-parent` are about the wave that it
 * repeats.
 */
export function rerunFollow(invoked: Invocation, { file, environment, wave, parent }: Rerunning): Follow {
  const address = environment === 'default' ? [] : ['-e', environment];
  return (command, extra = []) => {
    if (command === 'run') return nextCommand('rerun', invoked, invoked.args, [...same(invoked), ...extra]);
    if (command === 'run-parent') return nextCommand('run', invoked, [file], [...address, '--wave', parent, ...extra]);
    if (command === 'status-parent') return nextCommand('status', invoked, [file], [...address, '--wave', parent]);
    if (command === 'rerun') {
      return nextCommand('rerun', invoked, [...extra.slice(0, 1), ...invoked.args.slice(1)], extra.slice(1));
    }
    const named = ofWave.includes(command) ? ['--wave', wave] : [];
    return nextCommand(command, invoked, [file], [...address, ...named, ...extra]);
  };
}

function same({ option }: Invocation): readonly string[] {
  const only = (option(onlyOption) ?? []).join(',');
  return ['--only', only, ...(option(allowChangedOption) ? [longFlag(allowChangedOption.flags)] : [])];
}
