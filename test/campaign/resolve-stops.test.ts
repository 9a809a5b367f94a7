import { describe, expect, test } from 'vitest';
import type { Execution } from '../../src/model/execution.ts';
import { campaign, clinic } from './clinic.ts';

/** How calls are made where the clinic's file says so. */
function execution(lines: string): Execution {
  return campaign(`${clinic}execution:\n${lines.replaceAll(/^/gm, '  ')}\n`).execution;
}

describe('what stops a wave is read', () => {
  test.each<readonly [string, Partial<Execution>]>([
    [
      'canary: {calls: 10, stop_when: {unknown: 5%, failed: 20%}}',
      {
        canary: {
          calls: 10,
          stopWhen: [
            { outcome: 'failed', percent: 20 },
            { outcome: 'unknown', percent: 5 },
          ],
        },
      },
    ],
    ['stop_when: {failed: 25%}', { stopWhen: { shares: [{ outcome: 'failed', percent: 25 }], ofLast: 100 } }],
    [
      'stop_when: {no_answer: 100%, busy: 0.5%, of_last: 1000}',
      {
        stopWhen: {
          shares: [
            { outcome: 'no_answer', percent: 100 },
            { outcome: 'busy', percent: 0.5 },
          ],
          ofLast: 1000,
        },
      },
    ],
    ['budget: {calls: 1500}', { budget: { calls: 1500 } }],
    [
      'budget: {minutes: 900, cost: 150 USD}\nprice: 0.09 USD/min',
      {
        budget: { seconds: 54_000, cost: { micros: 150_000_000, currency: 'USD' } },
        price: { micros: 90_000, currency: 'USD' },
      },
    ],
  ])('%s', (lines, expected) => {
    expect(execution(lines)).toMatchObject(expected);
  });
});

describe('caps on calls to one person are read', () => {
  test.each<readonly [string, Execution['perPerson']]>([
    ['per_person: {calls: 3, per: 24h}', [{ calls: 3, perMs: 86_400_000, in: 'store' }]],
    [
      'per_person:\n  - {calls: 1, per: 24h, in: store}\n  - {calls: 5, per: 30d, in: campaign}',
      [
        { calls: 1, perMs: 86_400_000, in: 'store' },
        { calls: 5, perMs: 2_592_000_000, in: 'campaign' },
      ],
    ],
  ])('%s', (lines, caps) => {
    expect(execution(lines).perPerson).toEqual(caps);
  });
});

test('a retry at another time of day is read', () => {
  const { attempts } = execution('attempts: {max: 2, retry: {busy: [1h]}, another_time: 3h}');
  expect(attempts).toEqual({ max: 2, retry: { busy: [3_600_000] }, anotherTimeMs: 10_800_000 });
});

describe('what a reviewer approved', () => {
  const digest = campaign(clinic).definitionDigest;

  test('is the same as before there were such keys, for a file without them', () => {
    expect(digest).toBe('9a7d92f9de984004aa1fa183542bff39c9f58d8c2c36507a9e96c3ee31766893');
  });

  const retried = 'attempts: {max: 2, retry: {busy: [1h]}}';
  test.each([
    ['', 'canary: {calls: 10, stop_when: {failed: 20%}}'],
    ['canary: {calls: 10, stop_when: {failed: 20%}}', 'canary: {calls: 10, stop_when: {failed: 21%}}'],
    ['', 'stop_when: {failed: 20%}'],
    ['stop_when: {failed: 20%}', 'stop_when: {failed: 20%, of_last: 50}'],
    ['', 'budget: {calls: 10}'],
    ['budget: {calls: 10}', 'budget: {calls: 10, minutes: 900}'],
    ['', 'price: 0.09 USD/min'],
    [retried, 'attempts: {max: 2, retry: {busy: [1h]}, another_time: 3h}'],
    ['', 'per_person: {calls: 3, per: 24h}'],
    ['per_person: {calls: 3, per: 24h}', 'per_person: {calls: 3, per: 24h, in: campaign}'],
  ])('changes from "%s" to "%s"', (from, to) => {
    const of = (lines: string): string => campaign(`${clinic}execution:\n  rate: 1/s\n  ${lines}\n`).definitionDigest;
    expect(of(to)).not.toBe(of(from));
  });
});
