import { expect } from 'vitest';
import { testCampaign, type CampaignOptions, type TestCampaign } from './campaign.ts';
import { expectPromiseKept } from './invariants.ts';
import type { Command, Finished } from './processes.ts';
import { provider, type Provider, type ProviderOptions } from './provider.ts';

/** A small campaign and its provider. */
export type Stage = AsyncDisposable & { readonly intron: Provider; readonly campaign: TestCampaign };

/** Recipients of a stage, unless it says otherwise. */
export const people = 6;

/** What lets a run call all of them. */
export const approved: readonly string[] = ['--apply', '--approve', String(people)];

export type StageOptions = ProviderOptions & { readonly campaign?: Partial<CampaignOptions> };

export async function stage({ campaign: own, ...sandbox }: StageOptions = {}): Promise<Stage> {
  const intron = await provider(sandbox);
  const campaign = await testCampaign({ recipients: people, settle: '1s', ...own, baseUrl: intron.baseUrl });
  return {
    intron,
    campaign,
    [Symbol.asyncDispose]: async () => {
      await intron[Symbol.asyncDispose]();
      await campaign[Symbol.asyncDispose]();
    },
  };
}

/** Ends the command at once, and waits until it is gone. */
export async function kill(command: Command): Promise<undefined> {
  command.kill('SIGKILL');
  await command.finished;
  return undefined;
}

/** One more run ends with 0, and the promise was kept. */
export async function expectFinished(
  { campaign, intron }: Stage,
  { args = approved, count = people }: { readonly args?: readonly string[]; readonly count?: number } = {},
): Promise<void> {
  expect(shown(await campaign.runHere(args))).toEqual({ code: 0 });
  expectPromiseKept(intron, campaign.results(), count);
  expect(campaign.manifest().wave.status).toBe('complete');
}

/** With the output where it is not 0. */
export function shown({ code, stdout, stderr }: Finished): object {
  return code === 0 ? { code } : { code, stdout, stderr };
}
