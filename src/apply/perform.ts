import pLimit from 'p-limit';
import type { Applied } from './applied.ts';
import { requestsAtOnce } from './list-live.ts';
import type { Next } from './read-again.ts';
import { recordIfNew } from './record.ts';
import { replaceObject } from './replace-object.ts';
import type { ApplyDeps } from './work.ts';
import { createObject, updateObject, type Doubtful } from './write-object.ts';

/** By address. */
export type Results = ReadonlyMap<string, Applied | Doubtful>;

/**
 * Does what is next for each, several at once. Refused credentials stop the rest, as does an interruption; what was not
 * tried leaves nothing behind. An error that is not the provider's (a lost lease, a broken store) stops all and is thrown.
 */
export async function perform(next: readonly Next[], deps: ApplyDeps): Promise<Results> {
  const limit = pLimit(requestsAtOnce);
  const results = new Map<string, Applied | Doubtful>();
  let refused = false;
  let broken = false;
  const tasks = next.map((one) =>
    limit(async () => {
      if (broken) return;
      try {
        const why = refused ? 'unauthorized' : deps.signal?.aborted === true ? 'interrupted' : undefined;
        const result = why === undefined ? await performOne(one, deps) : await leave(one, why, deps);
        refused ||= result.kind === 'failed' && result.error === 'unauthorized';
        results.set(one.work.action.address, result);
        if (result.kind !== 'doubtful') deps.report?.(result);
      } catch (error) {
        broken = true;
        throw error;
      }
    }),
  );
  for (const task of await Promise.allSettled(tasks)) {
    if (task.status === 'rejected') throw task.reason;
  }
  return results;
}

async function performOne(next: Next, deps: ApplyDeps): Promise<Applied | Doubtful> {
  switch (next.kind) {
    case 'ended':
      return next.applied;
    case 'keep':
      await recordIfNew(next.work, { id: next.id, fields: next.fields }, deps);
      return { kind: next.as ?? 'kept', address: next.work.action.address, id: next.id };
    case 'create':
      return createObject(next.work, deps);
    case 'update':
      return updateObject(next.work, next.live, deps);
    case 'replace':
      return replaceObject(next.work, next.old, deps);
  }
}

/** Nothing was sent for it, so a create's intent need not be looked up later. */
async function leave(next: Next, why: 'unauthorized' | 'interrupted', deps: ApplyDeps): Promise<Applied> {
  const { action, fence } = next.work;
  if (next.kind === 'ended') return next.applied;
  if (next.kind === 'create') await deps.store.forgetCreateIntent(action.address, fence);
  return { kind: 'not_tried', address: action.address, why };
}
