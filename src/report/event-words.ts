/** What happened to an attempt, in words. Ids of the provider are not part of them. */
import type { AttemptEvent } from '../model/attempt.ts';
import { outcomeWords } from './count-words.ts';
import { duration } from './quantity.ts';

/** @param when tells an instant, epoch ms */
export function eventWords(event: AttemptEvent, when: (ms: number) => string): string {
  switch (event.kind) {
    case 'intended':
      return event.scheduledMs === undefined ? 'about to be called' : `to be called at ${when(event.scheduledMs)}`;
    case 'accepted':
      return 'the provider took the call';
    case 'refused':
      return `the provider refused it: ${event.reason}`;
    case 'voided':
      return `certainly not called: ${event.reason}`;
    case 'doubted':
      return `may have been called: ${event.why}`;
    case 'restarted':
      return 'another run looks for it from the beginning';
    case 'not_seen':
      return 'looked up: the provider does not list it';
    case 'look_failed':
      return `could not be looked up: ${event.reason}`;
    case 'seen':
      return `found at the provider${statusWords(event.status)}`;
    case 'ended':
      return endWords(event);
    case 'gave_up':
      return `given up: ${event.reason}`;
    case 'imported':
      return `found at the provider, and new to this store${statusWords(event.status)}`;
    case 'settled':
      return `${event.by} said that it was ${event.as === 'called' ? 'called' : 'not called'}`;
  }
}

function statusWords(status: string | undefined): string {
  return status === undefined ? '' : `: ${status}`;
}

/** What was taken down of the call is personal and stays in the store. */
function endWords({ outcome, reply, seconds, cost, optOut }: AttemptEvent & { readonly kind: 'ended' }): string {
  const said = reply?.label ?? reply?.option;
  const parts = [
    outcomeWords[outcome] ?? outcome,
    ...(said === undefined ? [] : [said]),
    ...(reply?.classification === undefined ? [] : [reply.classification]),
    ...(seconds === undefined ? [] : [`talked for ${duration(seconds * 1000)}`]),
    ...(cost === undefined ? [] : [cost]),
    ...(optOut ? ['asked not to be called again'] : []),
  ];
  return `ended: ${parts.join(', ')}`;
}
