import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonicalJson, digest } from '../../src/model/digest.ts';
import { parseReference, printReference, recipientTag, waveTag } from '../../src/model/reference.ts';

const address = { campaign: 'garage-recall', environment: 'prod' };

/** RFC 4648 base32 of the first ten bytes of a SHA-256, written another way: 80 bits are 16 characters. */
function base32OfHash(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex').slice(0, 20);
  const bits = hex
    .split('')
    .map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0'))
    .join('');
  const fives = bits.match(/.{5}/g) ?? [];
  return fives.map((five) => 'abcdefghijklmnopqrstuvwxyz234567'.charAt(Number.parseInt(five, 2))).join('');
}

describe('a reference', () => {
  test('is made of the hashes of what it stands for, so that it outlives any store', () => {
    expect(waveTag(address, '2026-11')).toBe(base32OfHash('["garage-recall","prod","2026-11"]'));
    expect(recipientTag(address, '2026-11', 'GR-1')).toBe(base32OfHash('["garage-recall","prod","2026-11","GR-1"]'));
  });

  test('reads as it is printed', () => {
    const reference = { wave: waveTag(address, 'a'), recipient: recipientTag(address, 'a', 'GR-1'), n: 3 };
    expect(parseReference(printReference(reference))).toEqual(reference);
  });

  test.each([
    '',
    'cp1',
    'cp2.aaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaa.1',
    'cp1.aaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaa.0',
    'CUST001',
  ])('is none of ours: "%s"', (text) => {
    expect(parseReference(text)).toBeUndefined();
  });
});

describe('canonical JSON', () => {
  test('is equal for equal values, in whatever order they were written', () => {
    expect(canonicalJson({ b: [1, { d: 1, c: undefined }], a: null })).toBe('{"a":null,"b":[1,{"d":1}]}');
    expect(digest({ a: 1, b: 2 })).toBe(digest({ b: 2, a: 1 }));
  });

  test('writes nothing at all as null', () => {
    expect(canonicalJson(undefined)).toBe('null');
  });
});
