import { InternalError } from '../model/internal-error.ts';
import type { Live } from '../model/plan.ts';
import { nextMark } from '../plan/desired.ts';
import { isAble } from '../providers/contract.ts';
import { RemoteError } from '../remote/remote-error.ts';
import { failed, type Applied } from './applied.ts';
import { caught } from './caught.ts';
import { record } from './record.ts';
import { unlike } from './target.ts';
import type { ApplyDeps, Creating, Updating } from './work.ts';

/** A create of which nothing says whether it worked. */
export type Doubtful = { readonly kind: 'doubtful'; readonly error: RemoteError };

/** Sends a planned create, whose intent is durable, records what it made and reads it back. */
export async function createObject(work: Creating, deps: ApplyDeps): Promise<Applied | Doubtful> {
  const { address, fields, request } = work.action;
  const { account, remote } = work.target;
  const { create } = account.resource;
  if (!isAble(create)) throw new InternalError(`a create was planned for ${address}, which cannot be`);
  const desired = { fields, mark: nextMark(address, fields, undefined) };
  const sent = await caught(remote.send(request, (body) => create.answer(body, desired)));
  if (!(sent instanceof RemoteError)) return finish(work, { kind: 'created', id: sent.id }, deps);
  if (sent.kind === 'unknown_effect') return { kind: 'doubtful', error: sent };
  await deps.store.forgetCreateIntent(address, work.fence);
  return failed(address, sent);
}

/** Sends a planned update. It sets whole fields, so a lost answer is settled by reading back. */
export async function updateObject(work: Updating, live: Live, deps: ApplyDeps): Promise<Applied> {
  const { address, fields, request, id } = work.action;
  const { account, remote } = work.target;
  const written = { kind: work.action.kind === 'adopt' ? 'adopted' : 'updated', id } as const;
  const input = { id, live, fields, mark: nextMark(address, fields, live.mark) };
  const sent = await caught(remote.send(request, (body) => account.resource.update.answer(body, input)));
  if (!(sent instanceof RemoteError)) return finish(work, written, deps);
  if (sent.kind !== 'unknown_effect') return failed(address, sent);
  const now = await caught(remote.perform(account.resource.read, id));
  if (now instanceof RemoteError || unlike(work.target, work.action, now).length > 0) return failed(address, sent);
  await record(work, { id, fields }, deps);
  return { ...written, address };
}

type Written = { readonly kind: 'created' | 'updated' | 'adopted'; readonly id: string };

/** Records and reads back side by side, so that disk and network do not wait for each other. */
async function finish(work: Creating | Updating, { kind, id }: Written, deps: ApplyDeps): Promise<Applied> {
  const { target, action } = work;
  const { address, fields } = action;
  const reading = caught(target.remote.perform(target.account.resource.read, id));
  const [live] = await Promise.all([reading, record(work, { id, fields }, deps)]);
  if (live instanceof RemoteError) {
    const message = `written, but it could not be read back: ${live.message}`;
    return { kind: 'failed', address, error: live.kind, message, mayHaveHappened: true };
  }
  const paths = unlike(target, action, live);
  return paths.length === 0 ? { kind, address, id } : { kind: 'not_persisted', address, id, paths };
}
