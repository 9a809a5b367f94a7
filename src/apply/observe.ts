/**
 * What is live, and what applying would change. Goes in: campaigns. Comes out: for each, the planned action or why
 * nothing could be seen. Only reads; one listing serves all campaigns of an account.
 */
import pLimit from 'p-limit';
import { accountKey } from '../model/account.ts';
import { printAddress, type Campaign } from '../model/campaign.ts';
import { canonicalJson } from '../model/digest.ts';
import { InternalError } from '../model/internal-error.ts';
import type { Action, Live, Planned } from '../model/plan.ts';
import type { Listing } from '../plan/listing.ts';
import { planResource } from '../plan/plan-resource.ts';
import type { Account, Provider } from '../providers/contract.ts';
import { RemoteError } from '../remote/remote-error.ts';
import type { Remote } from '../remote/remote.ts';
import type { Binding } from '../store/contract/binding.ts';
import type { ReadStore } from '../store/contract/read-store.ts';
import { inUse, type UseStore } from './in-use.ts';
import { listLive, requestsAtOnce } from './list-live.ts';
import type { Target } from './target.ts';

export type ObserveDeps = {
  readonly findProvider: (type: string) => Provider | undefined;
  /** Opens the account's remote; called once for all campaigns that share account, credential and secrets. */
  readonly connect: (account: Account, keys: Keys) => Remote;
  /** Undefined where there is none: then the mark alone tells. */
  readonly store?: Pick<ReadStore, 'binding'> & UseStore;
  /** What addresses were called before, where that is so. */
  readonly formerly?: FormerNames;
  readonly signal?: AbortSignal;
};

/** By address, the last name first. */
export type FormerNames = ReadonlyMap<string, readonly string[]>;

/** What a remote needs to know of the environment. */
export type Keys = {
  readonly credential: string;
  /** Secrets of request bodies: as written, to value. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Members of answers that hold secrets. */
  readonly secretMembers: readonly string[];
};

export type Observed =
  | {
      readonly kind: 'observed';
      readonly target: Target;
      readonly planned: Planned;
      /** The object that the address means; undefined where another one is to be created, or in conflict. */
      readonly live?: Live;
      readonly binding?: Binding;
    }
  | { readonly kind: 'unreachable'; readonly campaign: Campaign; readonly error: RemoteError };

/** In the order of the campaigns. */
export async function observe(campaigns: readonly Campaign[], deps: ObserveDeps): Promise<readonly Observed[]> {
  const accounts = Map.groupBy(campaigns, sharedKey);
  const limit = pLimit(requestsAtOnce);
  const groups = await Promise.all([...accounts.values()].map((group) => limit(() => observeAccount(group, deps))));
  const byCampaign = new Map(groups.flat());
  return campaigns.map((campaign) => {
    const observed = byCampaign.get(campaign);
    if (observed === undefined) throw new InternalError('a campaign was not observed');
    return observed;
  });
}

/** Campaigns with equal keys can share one remote. */
function sharedKey({ provider, secrets }: Campaign): string {
  return canonicalJson([provider.type, provider.options, provider.credential, Object.fromEntries(secrets)]);
}

type Seen = readonly [Campaign, Observed];

async function observeAccount(campaigns: readonly Campaign[], deps: ObserveDeps): Promise<readonly Seen[]> {
  try {
    const bindings = await bindingsOf(campaigns, deps);
    const opened = openAccount(campaigns[0], deps);
    const named = campaigns.flatMap(({ resource }) => resource.id ?? []);
    const ids = [...named, ...[...bindings.values()].map(({ resourceId }) => resourceId)];
    const { account, remote } = opened;
    const own = campaigns.map((campaign) => printAddress(campaign.address));
    const addresses = own.flatMap((address) => [address, ...(deps.formerly?.get(address) ?? [])]);
    const listing = await listLive({ resource: account.resource, remote }, { ids, addresses }, deps.signal);
    return await Promise.all(
      campaigns.map(async (campaign) => {
        const observed = observedOf({ campaign, ...opened }, listing, {
          binding: bindings.get(campaign),
          formerly: deps.formerly?.get(printAddress(campaign.address)),
        });
        return [campaign, await unlessInUse(observed, listing, deps)] as const;
      }),
    );
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    return campaigns.map((campaign) => [campaign, { kind: 'unreachable', campaign, error }]);
  }
}

async function bindingsOf(
  campaigns: readonly Campaign[],
  { store, formerly }: ObserveDeps,
): Promise<ReadonlyMap<Campaign, Binding>> {
  if (store === undefined) return new Map();
  const limit = pLimit(requestsAtOnce);
  const found = await Promise.all(
    campaigns.map((campaign) =>
      limit(async () => [campaign, await bindingOf(printAddress(campaign.address), store, formerly)] as const),
    ),
  );
  return new Map(found.flatMap(([campaign, binding]) => (binding === undefined ? [] : [[campaign, binding]])));
}

/** Under its old name, where the record has not moved yet. */
async function bindingOf(
  address: string,
  store: Pick<ReadStore, 'binding'>,
  formerly: ObserveDeps['formerly'],
): Promise<Binding | undefined> {
  const own = await store.binding(address);
  const [former] = formerly?.get(address) ?? [];
  if (own !== undefined || former === undefined) return own;
  const moving = await store.binding(former);
  return moving === undefined ? undefined : { ...moving, address };
}

/** The account that a campaign's resource lives in; nothing is sent. @throws RemoteError where there is no credential */
export function openAccount(
  campaign: Campaign | undefined,
  deps: Pick<ObserveDeps, 'findProvider' | 'connect'>,
): Omit<Target, 'campaign'> {
  if (campaign === undefined) throw new InternalError('an account without campaigns');
  const { provider: block, secrets } = campaign;
  const provider = deps.findProvider(block.type);
  if (provider === undefined) throw new InternalError(`no provider ${block.type}`);
  const credential = secrets.get(block.credential);
  if (credential === undefined) throw new RemoteError('no_credential', `${nameOf(block.credential)} is not set`);
  const account = provider.open(block.options);
  if (!isSendable(account.headers(credential))) {
    const why = 'holds a line end or another character that no HTTP header may hold';
    throw new RemoteError('no_credential', `${nameOf(block.credential)} ${why}`);
  }
  const known = [...secrets].flatMap(([written, value]) => (value === undefined ? [] : [[written, value] as const]));
  const remote = deps.connect(account, {
    credential,
    secrets: new Map(known),
    secretMembers: provider.secretMembers,
  });
  const { secretMembers } = provider;
  return { account, accountKey: accountKey(provider.name, account.origins), secretMembers, remote };
}

/** A line end is left at the end of a variable more easily than it is seen. */
function isSendable(headers: Readonly<Record<string, string>>): boolean {
  return Object.values(headers).every((value) => /^[\t\x20-\x7e\x80-\xff]*$/.test(value));
}

/** `INTRON_API_KEY` of `${env.INTRON_API_KEY}`. */
function nameOf(credential: string): string {
  return /^\$\{(?:env|file)\.([^:}]+)\}$/.exec(credential)?.[1] ?? credential;
}

function observedOf(
  target: Target,
  listing: Listing,
  { binding, formerly }: { readonly binding: Binding | undefined; readonly formerly: readonly string[] | undefined },
): Observed & { readonly kind: 'observed' } {
  const planned = planResource({
    campaign: target.campaign,
    codec: target.account.resource,
    secretMembers: target.secretMembers,
    account: target.accountKey,
    listing,
    bound: binding,
    ...(formerly === undefined ? {} : { formerly }),
  });
  const id = planned.kind === 'action' ? meantId(planned.action) : undefined;
  const live = id === undefined ? undefined : listing.byId.get(id);
  return {
    kind: 'observed',
    target,
    planned,
    ...(live === undefined ? {} : { live }),
    ...(binding === undefined ? {} : { binding }),
  };
}

/** The object that goes on being the address's. */
function meantId(action: Action): string | undefined {
  return action.kind === 'create' || action.kind === 'replace' ? undefined : action.id;
}

/** What may have calls under way is not replaced. */
async function unlessInUse(
  observed: Observed & { readonly kind: 'observed' },
  listing: Listing,
  { store }: ObserveDeps,
): Promise<Observed> {
  const { planned, target } = observed;
  if (planned.kind === 'conflict' || planned.action.kind !== 'replace' || store === undefined) return observed;
  const { address, id, fixed } = planned.action;
  const old = listing.byId.get(id);
  const use = old === undefined ? undefined : await inUse(old, target.accountKey, store);
  if (use === undefined) return observed;
  const reason = { kind: 'in_use', id, paths: fixed, ...use } as const;
  return { ...observed, planned: { kind: 'conflict', conflict: { address, reason } } };
}
