import { describe, expect, test } from 'vitest';
import { miscounted, resultCounter } from '../../src/ledger/recount.ts';
import { readResult } from '../../src/ledger/read-result.ts';
import type { ResultLine } from '../../src/ledger/result-line.ts';
import { sha256 } from '../../src/model/digest.ts';

const recipient = sha256('A-1001');

function line(change: Partial<ResultLine>): ResultLine {
  return { recipient, state: 'done', attempts: [], record: { attempts: [] }, ...change };
}

const made = { n: 1, state: 'ended', definition: 'd', evidence: [] } as const;
const answered = line({
  outcome: 'answered',
  reply: { option: '1', label: 'Confirm' },
  attempts: [
    { ...made, state: 'voided' },
    { ...made, n: 2, seconds: 30, cost: '0.10 USD' },
    { ...made, n: 3, seconds: 33, cost: '0.20 USD' },
  ],
});
const skipped = line({ state: 'skipped', reason: 'suppressed' });
const pending = line({ state: 'pending', reason: 'retry', attempts: [{ ...made, cost: 'free' }] });

describe('a line of results', () => {
  test('tells how a recipient ended, and what was made of it', () => {
    expect(readResult(JSON.stringify(answered))).toEqual({
      recipient,
      state: 'done',
      isEnded: true,
      end: { outcome: 'answered', reply: 'Confirm' },
      attempts: 2,
      seconds: 63,
      costs: ['0.10 USD', '0.20 USD'],
    });
    expect(readResult(JSON.stringify(skipped))).toMatchObject({
      skipped: 'suppressed',
      isEnded: false,
      end: { outcome: 'skipped' },
    });
    expect(readResult(JSON.stringify(pending))).not.toHaveProperty('skipped');
  });

  test.each([
    [{ option: '1' }, '1'],
    [{ classification: 'Interested' }, 'Interested'],
  ])('takes %j for the reply %s', (reply, words) => {
    expect(readResult(JSON.stringify(line({ outcome: 'answered', reply })))?.end.reply).toBe(words);
  });

  test.each([
    ['what is no JSON', 'no result'],
    ['what is no object', '[]'],
    ['a recipient by name', JSON.stringify({ ...answered, recipient: 'A-1001' })],
    ['nobody', JSON.stringify({ ...answered, recipient: undefined })],
    ['no state', JSON.stringify({ ...answered, state: 1 })],
    ['no attempts', JSON.stringify({ ...answered, attempts: 1 })],
    ['attempts that are none', JSON.stringify({ ...answered, attempts: [1] })],
  ])('is not %s', (_, text) => {
    expect(readResult(text)).toBeUndefined();
  });
});

describe('counting anew', () => {
  const counter = resultCounter();
  for (const one of [answered, skipped, pending]) {
    const read = readResult(JSON.stringify(one));
    if (read !== undefined) counter.add(read);
  }
  const counts = counter.counts();

  test('gives what a manifest counts', () => {
    expect(counts).toEqual({
      recipients: 3,
      states: { done: 1, pending: 1, skipped: 1 },
      outcomes: { answered: 1 },
      replies: { Confirm: 1 },
      skipped: { suppressed: 1 },
      attempts: 3,
      minutes: 1.05,
      costs: ['0.30 USD'],
    });
  });

  test('finds what is counted otherwise, but no rounding and no order', () => {
    const same = { ...counts, states: { skipped: 1, done: 1, pending: 1, accepted: 0 }, minutes: 1.06 };
    expect(miscounted(same, counts)).toEqual([]);
    const other = { ...counts, recipients: 4, replies: { Cancel: 1 }, minutes: 2 };
    expect(miscounted(other, counts)).toEqual(['recipients', 'replies', 'minutes']);
  });
});
