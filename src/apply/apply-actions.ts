/**
 * Makes the provider match: performs planned requests, word for word, calling nobody. Every object is read again first;
 * if one is not what its action was planned for, nothing at all is written. A create's intent is durable before it is
 * sent, so after a crash or a lost answer the ownership mark is looked for before anything is created again. An object
 * that is replaced is let go of before the other one is created: no two ever carry one mark.
 */
import pLimit from 'p-limit';
import { InternalError } from '../model/internal-error.ts';
import type { Applied } from './applied.ts';
import { inUse } from './in-use.ts';
import { requestsAtOnce } from './list-live.ts';
import { perform, type Results } from './perform.ts';
import { readAgain, type Next } from './read-again.ts';
import { leaveDoubt, settleDoubts, type Doubt } from './settle-doubts.ts';
import { creatingOf, type ApplyDeps, type Creating, type Work } from './work.ts';

/** Results in the order of the work; each address stands there once. @throws LeaseLost, StoreFailure */
export async function applyActions(work: readonly Work[], deps: ApplyDeps): Promise<readonly Applied[]> {
  const again = await readAgain(work);
  const next = await Promise.all(again.map((one) => unlessInUse(one, deps)));
  const isStale = next.some((one) => one.kind === 'ended' && one.applied.kind === 'stale');
  const results = isStale ? next.map(withhold) : await performAll(next, deps);
  const byAddress = new Map(results.map((applied) => [applied.address, applied]));
  return work.map(({ action }) => {
    const applied = byAddress.get(action.address);
    if (applied === undefined) throw new InternalError(`${action.address} has no result`);
    if (action.kind !== 'replace' || applied.kind !== 'created') return applied;
    return { ...applied, kind: 'replaced', old: { id: action.id, how: action.lettingGo.how } };
  });
}

/** A run may have begun calling since it was planned. */
async function unlessInUse(next: Next, { store }: ApplyDeps): Promise<Next> {
  if (next.kind !== 'replace' || next.old === undefined) return next;
  const { work, old } = next;
  const use = await inUse(old, work.target.accountKey, store);
  if (use === undefined) return next;
  return { kind: 'ended', work, applied: { kind: 'stale', address: work.action.address, why: use.why } };
}

function withhold(next: Next): Applied {
  if (next.kind === 'ended') return next.applied;
  return { kind: 'not_tried', address: next.work.action.address, why: 'stale' };
}

async function performAll(next: readonly Next[], deps: ApplyDeps): Promise<readonly Applied[]> {
  const earlier = await earlierCreates(next, deps);
  const sure = next.filter(({ work }) => !earlier.has(work.action.address));
  await intendCreates(sure, deps);
  const results = await perform(sure, deps);
  const ended = [...results.values()].flatMap((result) => (result.kind === 'doubtful' ? [] : [result]));
  const doubts = [...doubtsOf(sure, results), ...[...earlier.values()].map((work) => ({ work }))];
  const isRefused = ended.some((applied) => applied.kind === 'failed' && applied.error === 'unauthorized');
  const settled = isRefused
    ? doubts.map((doubt) => leaveDoubt(doubt, 'unauthorized'))
    : await settleDoubts(doubts, deps);
  return [...ended, ...settled];
}

/** Creates that an earlier process intended and did not record, by address. */
async function earlierCreates(next: readonly Next[], deps: ApplyDeps): Promise<ReadonlyMap<string, Creating>> {
  const limit = pLimit(requestsAtOnce);
  const creates = next.flatMap((one) => (one.kind === 'create' ? [one.work] : []));
  const found = await Promise.all(
    creates.map((work) =>
      limit(async () => {
        const intent = await deps.store.createIntent(work.action.address);
        return intent?.account === work.target.accountKey ? [work] : [];
      }),
    ),
  );
  return new Map(found.flat().map((work) => [work.action.address, work]));
}

/** All at once, so that the store can make them durable in few commits. */
async function intendCreates(next: readonly Next[], deps: ApplyDeps): Promise<void> {
  const atMs = deps.clock.now();
  await Promise.all(
    next.map(async ({ kind, work }) => {
      if (kind !== 'create') return;
      const intent = { address: work.action.address, account: work.target.accountKey, atMs };
      await deps.store.intendCreate(intent, work.fence);
    }),
  );
}

function doubtsOf(next: readonly Next[], results: Results): readonly Doubt[] {
  return next.flatMap((one) => {
    const result = results.get(one.work.action.address);
    if (result?.kind !== 'doubtful') return [];
    if (one.kind === 'replace') return [{ work: creatingOf(one.work), lost: result.error }];
    return one.kind === 'create' ? [{ work: one.work, lost: result.error }] : [];
  });
}
