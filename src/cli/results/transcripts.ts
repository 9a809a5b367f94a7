import type { Campaign } from '../../model/campaign.ts';
import type { ResultRow } from '../../model/wave.ts';
import { isAble } from '../../providers/contract.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import { Halt } from '../halt.ts';
import { observeCampaigns } from '../plan/observe-campaigns.ts';
import { accountOf } from '../account-of.ts';
import { remoteFailure } from '../failure.ts';
import type { World } from '../world.ts';

/** Fetches what was said in a recipient's last call; undefined where there is nothing. */
export type Transcripts = (row: ResultRow) => Promise<string | undefined>;

/** @throws Halt where the provider tells none, or cannot be reached */
export async function openTranscripts(campaign: Campaign, world: World, signal: AbortSignal): Promise<Transcripts> {
  const { transcript = { cannot: 'the provider tells none' } } = accountOf(campaign, world).account.calls;
  if (!isAble(transcript)) {
    throw new Halt('conflict', `there are no transcripts: ${transcript.cannot}`, ['leave out --transcripts']);
  }
  const [observed] = await observeCampaigns([campaign], { access: 'read', store: undefined, signal }, world);
  if (observed === undefined || observed.kind === 'unreachable') {
    const failure = observed === undefined ? undefined : remoteFailure(observed.error);
    throw new Halt(failure?.ending ?? 'environment', failure?.message ?? 'nothing was seen', failure?.next ?? []);
  }
  const { remote } = observed.target;
  return async ({ attempts }) => {
    const { state } = attempts.at(-1) ?? {};
    if (state?.kind !== 'ended' || state.outcome !== 'answered' || state.handle?.callId === undefined) return undefined;
    try {
      return await remote.perform(transcript, state.handle, signal);
    } catch (error) {
      if (error instanceof RemoteError && error.kind === 'not_found') return undefined;
      throw error;
    }
  };
}
