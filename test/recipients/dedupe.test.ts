import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { E164, ReadRow, Recipient } from '../../src/model/recipient.ts';
import { dedupe } from '../../src/recipients/dedupe.ts';
import { hashText } from '../../src/recipients/hash-text.ts';
import { numberSet } from '../../src/recipients/number-set.ts';
import { parsePhone } from '../../src/recipients/phone.ts';
import { phoneSet } from '../../src/recipients/phone-set.ts';

function e164(text: string): E164 {
  const parsed = parsePhone(text, undefined);
  if (parsed.kind === 'rejected') throw new Error(`${text}: ${parsed.code}`);
  return parsed.phone;
}

const phones = ['+2348030000101', '+2348030000102', '+2348030000103', '+447911123456'].map(e164);

function recipient(key: string, phone: E164, line: number): Recipient {
  return {
    key,
    phone,
    row: { mobile: phone },
    variables: {},
    call: {},
    source: { source: 'list.csv', line },
    suppressed: false,
  };
}

/** The same in a few words, with maps of strings. */
function naive(samePhone: 'report' | 'call_once' | 'call_each'): (recipient: Recipient) => string {
  const phoneOf = new Map<string, string>();
  const seen = new Set<string>();
  return ({ key, phone }) => {
    const earlier = phoneOf.get(key);
    if (earlier !== undefined) return earlier === phone ? 'repeated' : 'ROW_ID_TWO_PHONES';
    phoneOf.set(key, phone);
    if (samePhone === 'call_each' || !seen.has(phone)) {
      seen.add(phone);
      return 'recipient';
    }
    return samePhone === 'call_once' ? 'repeated' : 'ROW_SAME_PHONE';
  };
}

function told(row: ReadRow): string {
  return row.kind === 'rejected' ? row.rejected.reason.code : row.kind;
}

describe('dedupe', () => {
  test.each(['report', 'call_once', 'call_each'] as const)('%s decides as a map of texts would', (samePhone) => {
    const rows = fc.array(fc.tuple(fc.stringMatching(/^[a-c]{1,2}$/), fc.constantFrom(...phones)), { maxLength: 60 });
    fc.assert(
      fc.property(rows, (list) => {
        const compare = dedupe(samePhone);
        const model = naive(samePhone);
        for (const [index, [key, phone]] of list.entries()) {
          const one = recipient(key, phone, index + 2);
          expect(told(compare(one))).toBe(model(one));
        }
      }),
    );
  });

  test('keeps apart what differs, and knows again what does not, over a hundred thousand ids', () => {
    const compare = dedupe('report');
    const count = { recipient: 0, repeated: 0, rejected: 0 };
    for (let pass = 0; pass < 2; pass += 1) {
      for (let index = 0; index < 100_000; index += 1) {
        const phone = e164(`+23480${String(30_000_000 + index)}`);
        count[compare(recipient(`appointment-${String(index)}`, phone, index)).kind] += 1;
      }
    }
    expect(count).toEqual({ recipient: 100_000, repeated: 100_000, rejected: 0 });
  });

  test('rejects with the place and the cells of the later row', () => {
    const compare = dedupe('report');
    const [ada, other] = phones;
    if (ada === undefined || other === undefined) throw new Error('no phones');
    compare(recipient('a', ada, 2));
    expect(compare(recipient('a', other, 3))).toEqual({
      kind: 'rejected',
      rejected: {
        place: { source: 'list.csv', line: 3 },
        reason: { code: 'ROW_ID_TWO_PHONES' },
        row: { mobile: other },
      },
    });
  });
});

test('a hash is a whole number above 0 that a double holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const hash = hashText(text);
      expect(Number.isInteger(hash) && hash > 0 && hash <= 2 ** 53).toBe(true);
      expect(hashText(text)).toBe(hash);
    }),
  );
});

test('a set of numbers holds what was added and nothing else', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 2 ** 53 - 1 }), { maxLength: 3000, minLength: 1 }),
      fc.integer({ min: 1 }),
      (numbers, other) => {
        const set = numberSet();
        const model = new Set<number>();
        for (const number of numbers) {
          expect(set.add(number)).toBe(!model.has(number));
          model.add(number);
        }
        expect(set.size()).toBe(model.size);
        expect(set.has(other)).toBe(model.has(other));
      },
    ),
    { numRuns: 30 },
  );
});

test('a set of phones knows its numbers', () => {
  const set = phoneSet();
  for (const phone of [...phones, ...phones]) set.add(phone);
  expect(set.size()).toBe(phones.length);
  expect(phones.every(set.has)).toBe(true);
  expect(set.has(e164('+2348030000199'))).toBe(false);
});
