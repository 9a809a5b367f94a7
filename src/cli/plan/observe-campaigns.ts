import { observe } from '../../apply/observe.ts';
import type { ObserveDeps, Observed } from '../../apply/observe.ts';
import type { Campaign } from '../../model/campaign.ts';
import { connect } from '../../remote/connect.ts';
import type { RemoteError } from '../../remote/remote-error.ts';
import { remoteFailure } from '../failure.ts';
import type { World } from '../world.ts';

/** What is live at the campaigns' providers, and what applying would change; `read` refuses all but GET and HEAD. */
export function observeCampaigns(
  campaigns: readonly Campaign[],
  options: {
    readonly access: 'read' | 'write';
    readonly store: ObserveDeps['store'];
    readonly formerly?: ReadonlyMap<string, string>;
    readonly signal?: AbortSignal;
    /** Says a line to whoever sits at the terminal and waits. */
    readonly say?: (line: string) => void;
  },
  world: Pick<World, 'http' | 'clock' | 'random' | 'terminal' | 'providers'>,
): Promise<readonly Observed[]> {
  const { access, store, formerly, signal } = options;
  const { http, clock, random, terminal, providers } = world;
  const { say = (line) => terminal.err(`${line}\n`) } = options;
  const retrying = (error: RemoteError): void => {
    if (terminal.stderr.isTTY) say(`${remoteFailure(error).message}; trying again`);
  };
  return observe(campaigns, {
    findProvider: providers.find,
    connect: (account, keys) => connect({ http, clock, random, account, ...keys, access, retrying }),
    ...(store === undefined ? {} : { store }),
    ...(formerly === undefined ? {} : { formerly }),
    ...(signal === undefined ? {} : { signal }),
  });
}
