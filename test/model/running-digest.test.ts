import { expect, test } from 'vitest';
import { sha256 } from '../../src/model/digest.ts';
import { runningDigest } from '../../src/model/running-digest.ts';

test('is the digest of all that was added, in its order, however much and in whatever pieces', () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `appointment ${String(index)} of Ngozi Okonkwọ\n`);
  const digest = runningDigest();
  lines.forEach((line, index) => digest.add(index % 3_000 === 7 ? new TextEncoder().encode(line) : line));
  expect(digest.hex()).toBe(sha256(lines.join('')));
});

test('of nothing is that of no text', () => {
  expect(runningDigest().hex()).toBe(sha256(''));
});
