/** One call that belongs to no wave of the campaign, by the same engine: durable before it is sent, followed, looked up. */
import type { Recipient } from '../model/recipient.ts';
import { recipientTag } from '../model/reference.ts';
import { callWave } from './call-wave.ts';
import type { Ended, RunContext } from './context.ts';

/** @param context its scope and its campaign's wave are the test call's own */
export async function testCall(context: RunContext, recipient: Recipient): Promise<Ended> {
  await enrol(context, [recipient]);
  const ended = await callWave(context);
  // Whoever was not called shall not wait for a run that never comes.
  await enrol(context, []);
  return ended;
}

async function enrol({ store, scope, campaign, time }: RunContext, listed: readonly Recipient[]): Promise<void> {
  await store.enrol(scope, listOf(listed), {
    callEach: true,
    tagOf: (key) => recipientTag(campaign.address, campaign.wave, key),
    nowMs: time.wall(),
  });
}

async function* listOf(listed: readonly Recipient[]): AsyncGenerator<readonly Recipient[]> {
  yield listed;
}
