import { observe } from '../../apply/observe.ts';
import type { Observed } from '../../apply/observe.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { World } from '../../ports.ts';
import { findProvider } from '../../providers/registry.ts';
import { connect } from '../../remote/connect.ts';
import type { ReadStore } from '../../store/contract.ts';

/** What is live at the campaigns' providers, and what applying would change; `read` refuses all but GET and HEAD. */
export function observeCampaigns(
  campaigns: readonly Campaign[],
  options: {
    readonly access: 'read' | 'write';
    readonly store: Pick<ReadStore, 'binding'> | undefined;
    readonly formerly?: ReadonlyMap<string, string>;
    readonly signal?: AbortSignal;
  },
  world: Pick<World, 'http' | 'clock' | 'random'>,
): Promise<readonly Observed[]> {
  const { access, store, formerly, signal } = options;
  const { http, clock, random } = world;
  return observe(campaigns, {
    findProvider,
    connect: (account, keys) => connect({ http, clock, random, account, ...keys, access }),
    ...(store === undefined ? {} : { store }),
    ...(formerly === undefined ? {} : { formerly }),
    ...(signal === undefined ? {} : { signal }),
  });
}
