import { observe, openAccount } from '../../apply/observe.ts';
import type { FormerNames, ObserveDeps, Observed } from '../../apply/observe.ts';
import type { Target } from '../../apply/target.ts';
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
    readonly formerly?: FormerNames;
    readonly signal?: AbortSignal;
    /** Says a line to whoever sits at the terminal and waits. */
    readonly say?: (line: string) => void;
  },
  world: Connecting,
): Promise<readonly Observed[]> {
  const { store, formerly, signal } = options;
  return observe(campaigns, {
    ...connecting(options, world),
    ...(store === undefined ? {} : { store }),
    ...(formerly === undefined ? {} : { formerly }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** A campaign with the account that its calls are made from; nothing is sent. @throws RemoteError without a credential */
export function targetOf(campaign: Campaign, say: (line: string) => void, world: Connecting): Target {
  return { campaign, ...openAccount(campaign, connecting({ access: 'write', say }, world)) };
}

type Connecting = Pick<World, 'http' | 'clock' | 'random' | 'terminal' | 'providers'>;

function connecting(
  { access, say }: { readonly access: 'read' | 'write'; readonly say?: (line: string) => void },
  { http, clock, random, terminal, providers }: Connecting,
): Pick<ObserveDeps, 'findProvider' | 'connect'> {
  const tell = say ?? ((line: string) => terminal.err(`${line}\n`));
  const retrying = (error: RemoteError): void => {
    if (terminal.stderr.isTTY) tell(`${remoteFailure(error).message}; trying again`);
  };
  return {
    findProvider: providers.find,
    connect: (account, keys) => connect({ http, clock, random, account, ...keys, access, retrying }),
  };
}
