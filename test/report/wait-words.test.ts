import { expect, test } from 'vitest';
import type { WaitingPerson, WaitReason } from '../../src/report/status-report.ts';
import { pendingWords, personWords } from '../../src/report/wait-words.ts';

const zone = 'Africa/Lagos';
const until = '2026-11-25T09:00:00+01:00';

test.each<readonly [string | null, number, boolean, string]>([
  ['new', 3, false, '3 to be called'],
  ['window', 1_204, true, '1,204 until the window opens 2026-11-25 09:00 Africa/Lagos'],
  ['not_before', 2, true, '2 before their not_before, the first 2026-11-25 09:00 Africa/Lagos'],
  ['retry', 1, true, '1 until the next attempt, 2026-11-25 09:00 Africa/Lagos'],
  ['retry', 2, false, '2 until the next attempt'],
  ['time_of_day', 2, true, '2 to be tried at another time of day, from 2026-11-25 09:00 Africa/Lagos'],
  ['time_of_day', 2, false, '2 to be tried at another time of day'],
  [
    'voided',
    2,
    true,
    '2 to be tried again, the first 2026-11-25 09:00 Africa/Lagos, as the last request placed no call',
  ],
  ['person', 2, true, '2 called often enough for now, the first until 2026-11-25 09:00 Africa/Lagos'],
  ['person', 1, true, '1 called often enough until 2026-11-25 09:00 Africa/Lagos'],
  ['phone_busy', 2, true, '2 another call to their number is under way'],
  ['another', 2, false, '2 another'],
  [null, 2, false, '2 '],
])('says what a group waits for: %s', (why, recipients, isTimed, said) => {
  const time = isTimed ? { until, zone } : { until: null, zone: null };
  const reason: WaitReason = { recipients, state: 'pending', why, ...time };
  expect(pendingWords([reason])).toBe(said);
});

test('says each reason once, the most common first, with the first instant in all zones', () => {
  const wait = (recipients: number, why: string, at: string | null, where: string | null): WaitReason => ({
    recipients,
    state: 'pending',
    why,
    until: at,
    zone: where,
  });
  const said = pendingWords([
    wait(10, 'window', '2026-11-22T08:00:00-10:00', 'Pacific/Honolulu'),
    wait(4, 'person', '2026-11-22T08:47:00-08:00', 'America/Los_Angeles'),
    wait(3, 'person', '2026-11-22T10:47:00-05:00', 'America/New_York'),
    wait(2, 'window', '2026-11-22T18:00:00+00:00', 'UTC'),
    wait(12, 'person', '2026-11-22T17:47:00+00:00', 'UTC'),
    wait(2, 'retry', '2026-11-22T12:00:00+00:00', 'UTC'),
    wait(1, 'retry', null, null),
    wait(2, 'time_of_day', null, null),
    wait(3, 'time_of_day', '2026-11-22T12:00:00+00:00', 'UTC'),
  ]);
  expect(said.split(', ')).toEqual([
    '19 called often enough for now',
    'the first until 2026-11-22 10:47 America/New_York',
    '12 until the window opens 2026-11-22 08:00 Pacific/Honolulu',
    '5 to be tried at another time of day',
    '3 until the next attempt',
  ]);
  const windows = [wait(1, 'window', '2026-11-22T18:00:00Z', 'UTC'), wait(2, 'window', '2026-11-22T09:00:00Z', 'UTC')];
  expect(pendingWords(windows)).toBe('3 until the window opens, the first 2026-11-22 09:00 UTC');
});

test.each<readonly [Partial<WaitingPerson>, string]>([
  [{ why: 'new', until: null }, 'to be called by the next run'],
  [{ why: 'window' }, 'the window opens 2026-11-25 09:00 Africa/Lagos'],
  [{ why: 'not_before' }, 'not before 2026-11-25 09:00 Africa/Lagos'],
  [{ why: 'retry', attempt: 1 }, 'attempt 2 2026-11-25 09:00 Africa/Lagos'],
  [{ why: 'retry', attempt: 1, until: null }, 'attempt 2 by the next run'],
  [{ why: 'time_of_day', attempt: 1 }, 'attempt 2 at another time of day, from 2026-11-25 09:00 Africa/Lagos'],
  [{ why: 'time_of_day', attempt: 1, until: null }, 'attempt 2 at another time of day, from now'],
  [{ why: 'voided', until: null }, 'the last request placed no call; again by the next run'],
  [{ why: 'person' }, 'called often enough until 2026-11-25 09:00 Africa/Lagos'],
  [{ why: 'phone_busy' }, 'another call to the number is under way'],
  [
    { state: 'accepted', why: null, attempt: 2, called_at: '2026-11-25T08:59:00+01:00' },
    'attempt 2 under way since 2026-11-25 08:59 +01:00',
  ],
  [{ state: 'accepted', why: null, attempt: 1, until: null }, 'attempt 1 under way'],
])('says what one recipient waits for: %o', (change, said) => {
  const person: WaitingPerson = {
    id: 'A-1001',
    phone: '+234********01',
    attempt: 0,
    called_at: null,
    state: 'pending',
    why: 'new',
    until,
    zone,
    ...change,
  };
  expect(personWords(person, 'by the next run')).toBe(said);
});
