import { expect, test } from 'vitest';
import { secretValues } from '../../src/remote/secret-values.ts';

test('finds what stands below members of secret names, wherever they are', () => {
  const body = {
    detail: 'the token tw-1 of account AC1 is wrong',
    telephony: { account_sid: 'AC1', auth_token: 'tw-1' },
    webhooks: [{ url: 'https://lead.example', headers: { 'x-key': 'k-2', n: 7, none: null } }],
  };
  expect(secretValues(body, ['auth_token', 'headers']).toSorted()).toEqual(['7', 'k-2', 'tw-1']);
  expect(secretValues(body, [])).toEqual([]);
  expect(secretValues(undefined, ['auth_token'])).toEqual([]);
});
