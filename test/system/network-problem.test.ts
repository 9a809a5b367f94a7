import { expect, test } from 'vitest';
import { networkProblem } from '../../src/system/network-problem.ts';

const failure = (code: string) => Object.assign(new Error('fetch failed'), { code });

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'NODE_EXTRA_CA_CERTS'],
  ['CERT_HAS_EXPIRED', 'has expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'another host'],
  ['ECONNREFUSED', 'nothing listens there'],
  ['EHOSTDOWN', 'EHOSTDOWN'],
])('%s is told in words', (code, words) => {
  expect(networkProblem(failure(code))).toContain(words);
  expect(networkProblem(new AggregateError([failure(code)]))).toContain(words);
});

test('what is no error of the network is none', () => {
  expect(networkProblem(new TypeError('nobody thought of it'))).toBeUndefined();
});
