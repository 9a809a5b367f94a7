import { InternalError } from '../model/internal-error.ts';
import type { Live } from '../model/plan.ts';
import { RemoteError } from '../remote/remote-error.ts';
import { failed, type Applied } from './applied.ts';
import { caught } from './caught.ts';
import { listLive } from './list-live.ts';
import { perform } from './perform.ts';
import { nextCreate, type Next } from './read-again.ts';
import type { ApplyDeps, Creating } from './work.ts';

/** A create that may have happened: `lost` a moment ago, or (undefined) in an earlier process. */
export type Doubt = { readonly work: Creating; readonly lost?: RemoteError };

/**
 * Looks for what was perhaps created: once the listing has settled, in two listings, an account's all together. What is
 * found is recorded, what is not found is created, once; what is in doubt again stays so, and its intent with it.
 */
export async function settleDoubts(doubts: readonly Doubt[], deps: ApplyDeps): Promise<readonly Applied[]> {
  const accounts = Map.groupBy(doubts, ({ work }) => work.target.remote);
  const settled = await Promise.all([...accounts.values()].map((group) => settleAccount(group, deps)));
  return settled.flat();
}

/** What to say of doubts that were not looked into. */
export function leaveDoubt({ work, lost }: Doubt, why: 'unauthorized' | 'interrupted'): Applied {
  const { address } = work.action;
  return lost === undefined ? { kind: 'not_tried', address, why } : failed(address, lost);
}

async function settleAccount(doubts: readonly Doubt[], deps: ApplyDeps): Promise<readonly Applied[]> {
  const [first] = doubts;
  if (first === undefined) return [];
  const settleMs = Math.max(...doubts.map(({ work }) => work.target.campaign.execution.lookUp.settleMs));
  deps.waiting?.(settleMs);
  await deps.clock.sleep(settleMs, deps.signal);
  if (deps.signal?.aborted === true) return doubts.map((doubt) => leaveDoubt(doubt, 'interrupted'));
  const next = await caught(lookForMarks(doubts));
  if (next instanceof RemoteError) return doubts.map(({ work }) => failed(work.action.address, next));
  const results = await perform(next, deps);
  return doubts.map(({ work: { action } }) => {
    const result = results.get(action.address);
    if (result === undefined) throw new InternalError(`${action.address} has no result`);
    return result.kind === 'doubtful' ? failed(action.address, result.error) : result;
  });
}

/** Two listings, as one may still lack what the other has. @throws RemoteError */
async function lookForMarks(doubts: readonly Doubt[]): Promise<readonly Next[]> {
  const marked = new Map<string, readonly Live[]>();
  for (let looks = 0; looks < 2; looks += 1) {
    const missing = doubts.filter(({ work }) => !marked.has(work.action.address));
    for (const [address, found] of await markedIn(missing)) marked.set(address, found);
  }
  return doubts.map(({ work, lost }) => {
    const next = nextCreate(work, marked.get(work.action.address) ?? []);
    return next.kind === 'keep' && lost !== undefined ? { ...next, as: 'created' } : next;
  });
}

async function markedIn(doubts: readonly Doubt[]): Promise<ReadonlyMap<string, readonly Live[]>> {
  const [first] = doubts;
  if (first === undefined) return new Map();
  const { account, remote } = first.work.target;
  const addresses = doubts.map(({ work }) => work.action.address);
  const { byAddress } = await listLive({ resource: account.resource, remote }, { ids: [], addresses });
  return byAddress;
}
