import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../src/ports.ts';
import { judge, readBody } from '../../src/remote/verdict.ts';
import { answered, startMs, unanswered, unsent } from './clinic.ts';

function verdictOf(exchange: Exchange, words = '') {
  return judge(exchange, { nowMs: startMs, explain: () => words }).verdict;
}

describe('the table of evidence', () => {
  test.each([
    ['a request that never left', unsent, { kind: 'unsent', reason: 'connection failed' }],
    ['no whole answer', unanswered, { kind: 'in_doubt', reason: 'no whole answer came' }],
    ['a cut answer, whatever its status', { ...unanswered, status: 400 }, { kind: 'in_doubt' }],
    ['a cut 429: its request may have been placed by a proxy', { ...unanswered, status: 429 }, { kind: 'in_doubt' }],
    ['200 with JSON', answered(200, '{"batch_id":"b1"}'), { kind: 'answered' }],
    ['201 with JSON', answered(201, '[]'), { kind: 'answered' }],
    ['202 with JSON', answered(202, '{}'), { kind: 'answered' }],
    ['200 with HTML', answered(200, '<html>'), { kind: 'in_doubt', reason: 'answer 200 is not JSON' }],
    ['200 with nothing', answered(200, ''), { kind: 'in_doubt' }],
    ['204', answered(204, ''), { kind: 'in_doubt' }],
    ['200 with null', answered(200, 'null'), { kind: 'in_doubt' }],
    ['200 with half of JSON', answered(200, '{"batch_id":'), { kind: 'in_doubt' }],
    ...[401, 402, 403].map((code) => [String(code), answered(code), { kind: 'stop', exit: 8, sent: 'no' }] as const),
    ...[404, 405, 410, 415].map(
      (code) => [String(code), answered(code), { kind: 'stop', exit: 4, sent: 'no' }] as const,
    ),
    ...[300, 301, 302, 303, 304, 307, 308].map(
      (code) => [String(code), answered(code), { kind: 'stop', exit: 4, sent: 'perhaps' }] as const,
    ),
    ...[400, 413, 422].map((code) => [String(code), answered(code), { kind: 'refused' }] as const),
    ['429', answered(429), { kind: 'throttled', by: 'requests' }],
    [
      '429 with seconds',
      answered(429, '', { 'retry-after': '7' }),
      { kind: 'throttled', by: 'requests', retryAfterMs: 7_000 },
    ],
    ...[408, 409, 500, 501, 502, 503, 504, 520, 599].map(
      (code) => [String(code), answered(code), { kind: 'in_doubt' }] as const,
    ),
    ['503 with Retry-After', answered(503, '', { 'retry-after': '7' }), { kind: 'in_doubt' }],
    ...[406, 407, 411, 418, 421, 423, 425, 426, 451, 600, 999].map(
      (code) => [String(code), answered(code), { kind: 'in_doubt' }] as const,
    ),
  ] as readonly (readonly [string, Exchange, object])[])('%s', (_name, exchange, expected) => {
    expect(verdictOf(exchange)).toMatchObject(expected);
  });

  test('a 429 without a readable Retry-After asks for no time', () => {
    expect(verdictOf(answered(429, '', { 'retry-after': 'soon' }))).toEqual({ kind: 'throttled', by: 'requests' });
  });

  test.each([
    ['too many requests', 'requests'],
    ['rate limit of 5 per second exceeded', 'requests'],
    ['', 'requests'],
    ['concurrency limit reached', 'calls'],
    ['too many concurrent calls', 'calls'],
    ['All steering-pool numbers in use', 'calls'],
    ['maximum simultaneous calls', 'calls'],
  ])('a 429 that says "%s" is about %s', (explanation, by) => {
    expect(verdictOf(answered(429), explanation)).toEqual({ kind: 'throttled', by });
  });

  test('a JSON answer is handed on as it is', () => {
    const { body } = judge(answered(200, '{"a":[1]}'), { nowMs: startMs, explain: () => '' });
    expect(body).toEqual({ a: [1] });
  });

  test('reasons say the status, and the provider\u2019s words where there are any', () => {
    expect(verdictOf(answered(422), 'bad voice')).toEqual({ kind: 'refused', reason: 'HTTP 422: bad voice' });
    expect(verdictOf(answered(500))).toEqual({ kind: 'in_doubt', reason: 'HTTP 500' });
  });

  test('the provider\u2019s words are read of JSON only', () => {
    const shown: unknown[] = [];
    for (const body of ['{"message":"no"}', '<html>']) {
      judge(answered(400, body), { nowMs: startMs, explain: (parsed) => String(shown.push(parsed)) });
    }
    expect(shown).toEqual([{ message: 'no' }, undefined]);
  });

  test('only what certainly placed nothing frees the number', () => {
    const certain = new Set([401, 402, 403, 404, 405, 410, 415, 429, 400, 413, 422]);
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 999 }), fc.string(), (status, body) => {
        const verdict = verdictOf(answered(status, body));
        const isFree =
          verdict.kind === 'refused' ||
          verdict.kind === 'throttled' ||
          (verdict.kind === 'stop' && verdict.sent === 'no');
        expect(isFree).toBe(certain.has(status));
      }),
    );
  });
});

test('JSON is read, or it is nothing', () => {
  expect(['{}', '0', 'false', '""', 'null', '', '{', '\uFEFF{}'].map(readBody)).toEqual([
    {},
    0,
    false,
    '',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
