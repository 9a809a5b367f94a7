import { expect, test } from 'vitest';
import { bugMessage, failureOf } from '../../src/cli/failure.ts';
import { Halt } from '../../src/cli/halt.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { InternalError } from '../../src/model/internal-error.ts';
import { FileProblem } from '../../src/ports.ts';
import type { FileProblemKind } from '../../src/ports.ts';
import { UnexpectedAnswer } from '../../src/providers/contract.ts';
import { RemoteError } from '../../src/remote/remote-error.ts';
import type { RemoteErrorKind } from '../../src/remote/remote-error.ts';
import { LeaseLost, StoreFailure } from '../../src/store/contract/failure.ts';
import type { StoreFailureKind } from '../../src/store/contract/failure.ts';

test.each<readonly [StoreFailureKind, string]>([
  ['held', 'held'],
  ['newer', 'environment'],
  ['older', 'environment'],
  ['not_a_store', 'environment'],
  ['gone', 'environment'],
  ['disk_full', 'environment'],
  ['read_only', 'environment'],
  ['unreadable', 'environment'],
  ['failed', 'environment'],
])('a store that is %s ends with %s', (kind, ending) => {
  const failure = failureOf(new StoreFailure(kind, '/project/.callplan/callplan.db'), '/project');
  expect(failure).toMatchObject({ ending });
  expect(failure?.message).toContain('the store .callplan/callplan.db');
});

test.each<readonly [FileProblemKind, string]>([
  ['missing', 'invalid'],
  ['not_a_file', 'invalid'],
  ['unreadable', 'invalid'],
  ['read_only', 'environment'],
  ['disk_full', 'environment'],
  ['other', 'environment'],
])('a file that is %s ends with %s', (kind, ending) => {
  expect(failureOf(new FileProblem(kind, '/elsewhere/x.csv', new Error('EIO')), '/project')).toMatchObject({ ending });
});

test.each<readonly [RemoteErrorKind, string]>([
  ['unauthorized', 'environment'],
  ['rejected', 'conflict'],
  ['not_found', 'conflict'],
  ['conflict', 'conflict'],
  ['rate_limited', 'environment'],
  ['unavailable', 'environment'],
  ['protocol', 'environment'],
  ['unknown_effect', 'unsettled'],
])('a request that is %s ends with %s', (kind, ending) => {
  expect(failureOf(new RemoteError(kind, 'GET /x'), '/')).toMatchObject({ ending, message: 'GET /x' });
});

test('names the cause as the system does, wherever it stands', () => {
  const cause = new Error('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) });
  expect(failureOf(new RemoteError('unavailable', 'GET /x', undefined, cause), '/')?.message).toBe(
    'GET /x (ECONNREFUSED)',
  );
  const failed = new StoreFailure('failed', '/s.db', new Error('database disk image is malformed'));
  expect(failureOf(failed, '/')?.message).toContain('database disk image is malformed');
});

test('says what to do where nobody whom the machine trusts has signed the certificate', () => {
  const cause = Object.assign(new Error('unable to verify'), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  const failed = failureOf(new RemoteError('unavailable', 'GET /x', undefined, cause), '/');
  expect(failed?.message).toBe('GET /x (UNABLE_TO_VERIFY_LEAF_SIGNATURE)');
  expect(failed?.next).toEqual([expect.stringContaining('NODE_EXTRA_CA_CERTS')]);
});

test('knows what else may end a command', () => {
  expect(failureOf(new UsageError('no', 'Try this'), '/')).toMatchObject({ ending: 'usage', message: 'no. Try this' });
  expect(failureOf(new UsageError('no'), '/')).toMatchObject({ message: 'no' });
  expect(failureOf(new Halt('refused', 'not approved', ['ask']), '/')).toEqual({
    ending: 'refused',
    message: 'not approved',
    next: ['ask'],
  });
  expect(failureOf(new UnexpectedAnswer('a list', 'a number'), '/')).toMatchObject({ ending: 'environment' });
  expect(failureOf(new LeaseLost('clinic/prod'), '/')).toMatchObject({ ending: 'held' });
});

test('leaves bugs to main, which shows no number of theirs', () => {
  expect(failureOf(new InternalError('x'), '/')).toBeUndefined();
  expect(failureOf('thrown text', '/')).toBeUndefined();
  const versions = { tool: '1.2.3', runtime: 'node 24' };
  expect(bugMessage(new TypeError('cannot read +234 803 123 4501'), versions)).toBe(
    'TypeError: cannot read ***\n  callplan 1.2.3, node 24',
  );
  expect(bugMessage('text', versions)).toContain('string: text');
});
