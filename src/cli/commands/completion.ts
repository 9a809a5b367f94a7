import { allCodes } from '../../report/words.ts';
import type { CommandFunction, CommandSpec } from '../command.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { nearest } from '../../model/nearest.ts';
import { shells } from '../shells.ts';
import type { Shell } from '../shells.ts';
import { UsageError } from '../usage-error.ts';

const scripts: Readonly<Record<Shell, (specs: readonly CommandSpec[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

const loading: Readonly<Record<Shell, string>> = {
  bash: 'source <(callplan completion bash)',
  zsh: 'source <(callplan completion zsh)',
  fish: 'callplan completion fish | source',
};

/** Prints a completion script, made from the commands there are. */
export function completion(specs: readonly CommandSpec[]): CommandFunction {
  return async ({ args }) => {
    const [written = ''] = args;
    const shell = shells.find((name) => name === written);
    if (shell === undefined) throw unknownShell(written);
    return {
      endings: ['done'],
      raw: scripts[shell](specs.map(withCodes)),
      next: [`load it in your shell: ${loading[shell]}`],
    };
  };
}

/** The codes are loaded only here, since few commands need them. */
function withCodes(spec: CommandSpec): CommandSpec {
  return spec.name === 'explain' ? { ...spec, words: allCodes() } : spec;
}

function unknownShell(written: string): UsageError {
  const close = nearest(written, shells);
  const hint = close === undefined ? `There are ${shells.join(', ')}` : `Did you mean ${close}?`;
  return new UsageError(`there is no completion for "${written}"`, hint);
}
