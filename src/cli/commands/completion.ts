import { resolve } from 'node:path';
import { loadCampaigns } from '../../input/load-campaign.ts';
import { findProvider, providerNames } from '../../providers/registry.ts';
import { allCodes } from '../../report/words.ts';
import type { CommandFunction, CommandSpec } from '../command.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { nearest } from '../../model/nearest.ts';
import type { RawReport } from '../report.ts';
import { shells } from '../shells.ts';
import type { Shell } from '../shells.ts';
import { UsageError } from '../usage-error.ts';
import type { World } from '../world.ts';

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
  return async ({ args }, world) => {
    const [written = '', ...words] = args;
    if (written === 'environments') return environments(words, world);
    const shell = shells.find((name) => name === written);
    if (shell === undefined) throw unknownShell(written);
    return {
      endings: ['done'],
      raw: scripts[shell](specs.map(withWords)),
      next: [`load it in your shell: ${loading[shell]}`],
    };
  };
}

/** What the completion scripts ask for: the environments of the files that a half-written command line names. */
async function environments(words: readonly string[], world: World): Promise<RawReport> {
  const named = words.filter((word) => word !== '' && !word.startsWith('-'));
  const there = await Promise.all(named.map((path) => world.files.info(resolve(world.cwd, path))));
  const paths = named.filter((_, index) => there[index] !== undefined);
  const request = { paths: paths.length === 0 ? ['.'] : paths, secrets: 'optional', base: 'allowed' } as const;
  const loaded = await loadCampaigns(request, world, findProvider);
  // Shells expand what they are given to choose from: only what an address can hold goes there.
  const names = loaded.environments.filter((name) => /^[a-z0-9-]{1,63}$/.test(name));
  return { endings: ['done'], raw: names.map((name) => `${name}\n`).join(''), next: [] };
}

/** Codes and providers are loaded only here, since few commands need them. */
function withWords(spec: CommandSpec): CommandSpec {
  const words = wordsOf[spec.name];
  return words === undefined ? spec : { ...spec, words: words() };
}

const wordsOf: Readonly<Record<string, () => readonly string[]>> = {
  explain: allCodes,
  providers: () => providerNames,
  sandbox: () => providerNames,
};

function unknownShell(written: string): UsageError {
  const close = nearest(written, shells);
  const hint = close === undefined ? `There are ${shells.join(', ')}` : `Did you mean ${close}?`;
  return new UsageError(`there is no completion for "${written}"`, hint);
}
