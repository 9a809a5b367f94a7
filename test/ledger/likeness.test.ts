import { describe, expect, test } from 'vitest';
import { likenessOf } from '../../src/ledger/likeness.ts';

describe('refusals are alike', () => {
  test.each([
    ['in nothing but the status', 'HTTP 400', 'HTTP 400'],
    ['in all words', 'HTTP 400: bad voice', 'HTTP 400: bad voice'],
    [
      'but for a UUID',
      'HTTP 400: request 3f2c8a10-26fb-47fd-b7e7-9d2b47f66630: bad voice',
      'HTTP 400: request abcdefab-cdef-4bcd-abcd-efabcdefabcd: bad voice',
    ],
    ['but for a request id', 'HTTP 422: bad voice (req_8f3kx2Lq)', 'HTTP 422: bad voice (req_V1StGXR8_Z5j)'],
    ['but for a run of hex digits', 'HTTP 400: trace deadbeefcafe', 'HTTP 400: trace 0042afbe9911'],
    ['but for a time', 'HTTP 400: bad voice at 2026-11-24T09:00:01.5Z', 'HTTP 400: bad voice at 2026-11-24T09:00:02Z'],
    ['but for a number', 'HTTP 400: 17 calls are queued', 'HTTP 400: 1,204 calls are queued'],
    ['but for a masked phone', 'HTTP 400: +234••••01 is wrong', 'HTTP 400: +234••••57 is wrong'],
    ['without a status', 'refused: job 17', 'refused: job 18'],
    ['over several lines', 'HTTP 400: bad voice\nid 17', 'HTTP 400: bad voice\nid 18'],
  ])('%s', (_name, one, other) => {
    expect(likenessOf(one)).toBe(likenessOf(other));
  });

  test.each([
    ['another status', 'HTTP 400: bad voice', 'HTTP 422: bad voice'],
    ['no status', 'HTTP 400: bad voice', ': bad voice'],
    ['other words', 'HTTP 400: bad voice', 'HTTP 400: bad accent'],
    ['other words beside an id', 'HTTP 400: bad voice 17', 'HTTP 400: bad accent 17'],
    ['words that look like hex digits', 'HTTP 400: it was faded', 'HTTP 400: it was added'],
  ])('not with %s', (_name, one, other) => {
    expect(likenessOf(one)).not.toBe(likenessOf(other));
  });
});
