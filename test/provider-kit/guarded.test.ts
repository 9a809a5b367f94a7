import { describe, expect, test } from 'vitest';
import { guarded, guardedSandbox } from '../../src/provider-kit/guarded.ts';
import { UnexpectedAnswer } from '../../src/providers/contract.ts';
import type { Account, Provider } from '../../src/providers/contract.ts';
import { intron } from '../../src/providers/intron/index.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { virtualClock } from '../../src/system/virtual-clock.ts';

const options = { base_url: 'http://127.0.0.1:4010/voicebot/v1' };

/** Intron as a module's provider, with parts of its account changed. */
function opened(change: (account: Account) => unknown): Account {
  const provider: Provider = { ...intron, open: (given) => change(intron.open(given)) as Account };
  return guarded(provider, 'acme.js').open(options);
}

function withCalls(calls: Readonly<Record<string, unknown>>): Account {
  return opened((one) => ({ ...one, calls: { ...one.calls, ...calls } }));
}

describe('behind the guard', () => {
  test('a provider that keeps the contract is what it was', () => {
    const same = opened((account) => account);
    const printed = same.resource.print(['Hello ', { variable: 'name' }], { workflow_type: 'ROBOCALL' });
    expect(printed).toBe('Hello [name]');
    expect(same.calls.cancel).toEqual(intron.open(options).calls.cancel);
    expect(same.calls.follow([])).toEqual([]);
  });

  test.each([
    ['nothing', () => undefined, 'lacks the definition (an object)'],
    ['no calls', (one: Account) => ({ ...one, calls: undefined }), 'lacks calls (an object)'],
    ['no reason', (one: Account) => ({ ...one, calls: { ...one.calls, cancel: {} } }), 'calls.cancel.request'],
  ])('an account with %s is a fault of the module', (_, change, said) => {
    expect(() => opened(change)).toThrow(`the provider intron (acme.js) failed in open`);
    expect(() => opened(change)).toThrow(said);
  });

  test('a pull that is none is a fault', () => {
    const none = withCalls({ follow: () => [{ what: 'calls' }] });
    expect(() => none.calls.follow([])).toThrow('failed in calls.follow: what it gives lacks a pull.request');
    const nothing = withCalls({ follow: () => undefined });
    expect(() => nothing.calls.follow([])).toThrow('lacks a list of pulls');
  });

  test('an instant that is none is a fault: a call that is due at no time would never be followed', () => {
    const saying = (given: unknown): number | undefined =>
      withCalls({ scheduledMs: () => given }).calls.scheduledMs({});
    expect(saying(undefined)).toBeUndefined();
    expect(saying(1_795_000_000_000)).toBe(1_795_000_000_000);
    for (const none of [Number.NaN, Number.POSITIVE_INFINITY, null, '2026-11-24T09:00:00Z']) {
      expect(() => saying(none)).toThrow('failed in calls.scheduledMs: it gives no instant in epoch milliseconds');
    }
  });

  test.each([[null], [{}], [{ callId: '' }], [{ callId: 7 }], ['c-1']])('%j is no handle of a call', (handle) => {
    const { place } = intron.open(options).calls;
    const read = withCalls({ place: { ...place, answer: () => [{ callId: 'c-1' }, undefined, handle] } }).calls.place;
    expect(() => read.answer({}, { calls: [], resource: {} })).toThrow(UnexpectedAnswer);
  });

  test('an answer that is read as something else is not understood, so that the call is in doubt', () => {
    const { place } = withCalls({ place: { ...intron.open(options).calls.place, answer: () => undefined } }).calls;
    const answer = (): unknown => place.answer({}, { calls: [], resource: {} });
    expect(answer).toThrow(UnexpectedAnswer);
    expect(answer).toThrow('what it gives (a list of handles');
  });

  test('what the codec cannot read stays what it says', () => {
    const same = opened((account) => account);
    expect(() => same.resource.read.answer(7, 'id')).toThrow('expected the envelope {status, message, data}');
  });

  test('an error that nobody can read has no words, and hides nothing', () => {
    const explain = (body: unknown): string => Object(body).error.message;
    const one = opened((account) => ({ ...account, explain }));
    expect(one.explain({})).toBeUndefined();
    expect(one.explain({ error: { message: 7 } })).toBeUndefined();
    expect(one.explain({ error: { message: 'no credit' } })).toBe('no credit');
  });

  test('members of a class keep their object', () => {
    class Codec {
      readonly #word = 'over';
      meaningOf(): string {
        return this.#word;
      }
    }
    const one = opened((account) => ({ ...account, calls: Object.assign(new Codec(), without(account.calls)) }));
    expect(one.calls.meaningOf('any')).toBe('over');
  });

  test('a check that throws is a fault', () => {
    const check = (): never => {
      throw new Error('no');
    };
    const provider = guarded({ ...intron, check, hasPlaceholder: check }, 'acme.js');
    expect(() => provider.check({ options: {}, resource: undefined, call: [] })).toThrow('failed in check: Error: no');
    expect(() => provider.hasPlaceholder('', {})).toThrow('failed in hasPlaceholder: Error: no');
  });

  test('a sandbox that throws is a fault', async () => {
    const broken = { http: () => Promise.reject(new Error('no')), snapshot: () => ({ resources: [], calls: [] }) };
    const kind = guardedSandbox({ basePath: '/v1', open: () => broken }, 'acme', 'acme.js');
    const box = kind.open({ clock: virtualClock(0), random: seededRandom(1) });
    const asked = box.http({ method: 'GET', url: 'http://127.0.0.1/', headers: {} }, new AbortController().signal);
    await expect(asked).rejects.toThrow('the provider acme (acme.js) failed in sandbox.http: Error: no');
    expect(box.snapshot()).toEqual({ resources: [], calls: [] });
  });
});

function without({ meaningOf: _replaced, ...calls }: Account['calls']): Omit<Account['calls'], 'meaningOf'> {
  return calls;
}
