import { expect, test } from 'vitest';
import type { AttemptEvent } from '../../src/model/attempt.ts';
import { eventWords } from '../../src/report/event-words.ts';

const handle = { callId: 'c-1' };
const intended = { kind: 'intended', dispatch: 'd', resourceId: 'w', account: 'a', definition: 'x' } as const;

test.each<readonly [AttemptEvent, string]>([
  [intended, 'about to be called'],
  [{ ...intended, scheduledMs: 9 }, 'to be called at 9 ms'],
  [{ kind: 'accepted', handle }, 'the provider took the call'],
  [{ kind: 'refused', reason: 'no such number' }, 'the provider refused it: no such number'],
  [{ kind: 'voided', reason: 'HTTP 429' }, 'certainly not called: HTTP 429'],
  [{ kind: 'doubted', why: 'no whole answer came', needs: 2 }, 'may have been called: no whole answer came'],
  [{ kind: 'restarted' }, 'another run looks for it from the beginning'],
  [{ kind: 'not_seen' }, 'looked up: the provider does not list it'],
  [{ kind: 'look_failed', reason: 'HTTP 503' }, 'could not be looked up: HTTP 503'],
  [{ kind: 'seen', handle }, 'found at the provider'],
  [{ kind: 'seen', handle, status: 'RINGING' }, 'found at the provider: RINGING'],
  [{ kind: 'imported', handle }, 'found at the provider, and new to this store'],
  [{ kind: 'gave_up', reason: 'two calls fit' }, 'given up: two calls fit'],
  [{ kind: 'settled', as: 'called', by: 'amina' }, 'amina said that it was called'],
  [{ kind: 'settled', as: 'not-called', by: 'amina' }, 'amina said that it was not called'],
  [{ kind: 'ended', outcome: 'no_answer' }, 'ended: no answer'],
  [{ kind: 'ended', outcome: 'answered', reply: { option: '1' } }, 'ended: answered, 1'],
  [
    {
      kind: 'ended',
      outcome: 'answered',
      reply: { option: '1', label: 'Confirm', classification: 'Keen', extraction: { doctor: 'Bello' } },
      seconds: 75,
      cost: '0.42 USD',
      optOut: true,
    },
    'ended: answered, Confirm, Keen, talked for 1 min 15 s, 0.42 USD, asked not to be called again',
  ],
])('says what an event means: %o', (event, said) => {
  expect(eventWords(event, (ms) => `${String(ms)} ms`)).toBe(said);
});
