import type { Live } from '../model/plan.ts';
import { isAble } from '../providers/contract.ts';
import { RemoteError } from '../remote/remote-error.ts';
import { failed, type Applied } from './applied.ts';
import { caught } from './caught.ts';
import { record } from './record.ts';
import { creatingOf, type ApplyDeps, type Replacing } from './work.ts';
import { createObject, type Doubtful } from './write-object.ts';

/**
 * Puts another object in the place of the old one. First the store gives up its claim to the old one, then the old one
 * is let go of, then the create's intent is durable, then it is sent. Until the old one is let go of, its mark says
 * whose it is, and the next plan says replace again; afterwards nothing claims it, and the next plan says create.
 */
export async function replaceObject(
  work: Replacing,
  old: Live | undefined,
  deps: ApplyDeps,
): Promise<Applied | Doubtful> {
  const { action, target, fence } = work;
  const { address } = action;
  const account = target.accountKey;
  const intent = await deps.store.createIntent(address);
  await giveUpClaim(work, deps);
  const error = old === undefined ? undefined : await letGo(work, old);
  if (error !== undefined) return failed(address, error);
  await deps.store.intendCreate({ address, account, atMs: deps.clock.now() }, fence);
  // A listing that is late shows the old object still, when the other one was perhaps created by an earlier process.
  if (intent?.account === account) {
    return { kind: 'doubtful', error: new RemoteError('unknown_effect', 'an earlier create may have worked') };
  }
  return createObject(creatingOf(work), deps);
}

/** The address stays bound, so that its file is known, but as to an object that is only used. */
async function giveUpClaim(work: Replacing, deps: ApplyDeps): Promise<void> {
  const known = await deps.store.binding(work.action.address);
  if (known?.applied !== undefined) await record(work, { id: known.resourceId, fields: undefined }, deps);
}

/** Undefined once the object is gone or carries no mark: only what is read back says so. */
async function letGo({ action, target }: Replacing, old: Live): Promise<RemoteError | undefined> {
  const { id, lettingGo } = action;
  if (lettingGo.request === undefined) return undefined;
  const { remove, update } = target.account.resource;
  const isDeleted = lettingGo.how === 'delete' && isAble(remove);
  const answer = (body: unknown): void => {
    if (isDeleted) remove.answer(body, id);
    else update.answer(body, { id, live: old, fields: {} });
  };
  const sent = await caught(target.remote.send(lettingGo.request, answer));
  const isDone = !(sent instanceof RemoteError);
  if (!isDone && sent.kind !== 'unknown_effect' && sent.kind !== 'not_found') return sent;
  const now = await caught(target.remote.perform(target.account.resource.read, id));
  if (now instanceof RemoteError) {
    if (now.kind === 'not_found') return undefined;
    return isDone ? new RemoteError('unknown_effect', `sent, but it could not be read back: ${now.message}`) : sent;
  }
  if (now.mark === undefined) return undefined;
  return isDone ? new RemoteError('unknown_effect', `${id} carries our mark still, though it was let go of`) : sent;
}
