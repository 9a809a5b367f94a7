import { expect, test } from 'vitest';
import { observe } from '../../src/apply/observe.ts';
import { connect } from '../../src/remote/connect.ts';
import { RemoteError } from '../../src/remote/remote-error.ts';
import { isAble } from '../../src/providers/contract.ts';
import { findProvider } from '../../src/providers/registry.ts';
import type { Provider } from '../../src/providers/contract.ts';
import { campaign, surroundings, type Surroundings } from './surroundings.ts';

/** What each campaign's plan would do. */
async function kinds(
  around: Surroundings,
  campaigns: readonly ReturnType<typeof campaign>[],
): Promise<readonly string[]> {
  const planned = await around.plan(campaigns);
  return planned.map((observed) => {
    if (observed.kind === 'unreachable') return observed.error.kind;
    return observed.planned.kind === 'conflict' ? observed.planned.conflict.reason.kind : observed.planned.action.kind;
  });
}

test('one listing serves all campaigns of an account, and nothing is written', async () => {
  const around = surroundings();
  const campaigns = Array.from({ length: 50 }, (_, index) => campaign(`clinic-${String(index)}`));
  expect(new Set(await kinds(around, campaigns))).toEqual(new Set(['create']));
  expect(around.requests).toEqual(['GET /workflows']);
  expect(around.store.writes).toEqual([]);
});

test('a thousand campaigns without changes are one request', async () => {
  const around = surroundings();
  const campaigns = Array.from({ length: 1000 }, (_, index) => campaign(`clinic-${String(index)}`));
  await around.apply(campaigns);
  around.requests.length = 0;
  around.store.writes.length = 0;
  expect(new Set(await kinds(around, campaigns))).toEqual(new Set(['keep']));
  expect(around.requests).toEqual(['GET /workflows']);
  await around.apply(campaigns);
  expect(around.requests).toEqual(['GET /workflows', 'GET /workflows']);
  expect(around.store.writes).toEqual([]);
});

test('an account that cannot be reached hides no other', async () => {
  const around = surroundings();
  const campaigns = [campaign('a', { apiKey: 'wrong' }), campaign('b'), campaign('c', { apiKey: '' })];
  expect(await kinds(around, campaigns)).toEqual(['unauthorized', 'create', 'no_credential']);
});

test('a missing credential is named by its variable', async () => {
  const [observed] = await surroundings().plan([campaign('a', { apiKey: '' })]);
  expect(observed).toMatchObject({ kind: 'unreachable', error: { message: 'INTRON_API_KEY is not set' } });
});

test.each(['key\r', 'key\nx: y', 'key…'])('a credential that no request can carry is not sent: %j', async (apiKey) => {
  const around = surroundings();
  const [observed] = await around.plan([campaign('a', { apiKey })]);
  expect(observed).toMatchObject({
    kind: 'unreachable',
    error: {
      kind: 'no_credential',
      message: 'INTRON_API_KEY holds a line end or another character that no HTTP header may hold',
    },
  });
  expect(around.requests).toEqual([]);
});

test('a plan through a read-only remote cannot write', async () => {
  const around = surroundings();
  const planned = await around.plan([campaign('a')]);
  await expect(around.applyPlanned(planned)).rejects.toThrow('a read-only command tried to POST');
  expect(around.workflows()).toEqual([]);
});

test('what is live comes along, and what the store remembers', async () => {
  const around = surroundings();
  await around.apply([campaign('a')]);
  const [known] = await around.plan([campaign('a')]);
  expect(known).toMatchObject({ live: { fields: { name: 'a' } }, binding: { address: 'a/default' } });
  const [storeless] = await around.plan([campaign('a')], { storeless: true });
  expect(storeless).toMatchObject({ planned: { action: { kind: 'keep' } }, live: { fields: { name: 'a' } } });
  expect(storeless).not.toHaveProperty('binding');
});

test('a listing that does not come whole proves no absence', async () => {
  const around = surroundings();
  await around.apply([campaign('a')]);
  around.interfere = async (_, next) => {
    const exchange = await next();
    if (exchange.kind !== 'answered') return exchange;
    const { data } = JSON.parse(exchange.body) as { readonly data: readonly unknown[] };
    return { ...exchange, body: JSON.stringify({ status: 'Ok', data: [...data, ...data] }) };
  };
  expect(await kinds(around, [campaign('a')])).toEqual(['unavailable']);
});

test('a provider that cannot list is asked for the ids that file and store name', async () => {
  const around = surroundings();
  await around.apply([campaign('a'), campaign('b')]);
  const [first, second] = around.workflows();
  around.requests.length = 0;
  const planned = await observe(
    [campaign('a'), campaign('b', { id: second?.id ?? '' }), campaign('c', { id: 'gone', used: true })],
    {
      findProvider: (type) => withoutList(findProvider(type)),
      connect: (account, keys) =>
        connect({
          http: around.http,
          clock: around.clock,
          random: { next: () => 0, hex: () => '' },
          account,
          ...keys,
          access: 'read',
        }),
      store: around.store,
    },
  );
  expect(planned.map((observed) => observed.kind === 'observed' && observed.planned)).toMatchObject([
    { action: { kind: 'keep', id: first?.id } },
    { action: { kind: 'keep', id: second?.id } },
    { conflict: { reason: { kind: 'not_found', id: 'gone' } } },
  ]);
  expect(around.requests.toSorted()).toEqual(
    [first?.id, second?.id, 'gone'].map((id) => `GET /workflows/${String(id)}`).toSorted(),
  );
});

test('an error that is not the provider’s is not swallowed', async () => {
  const around = surroundings();
  const broken = { ...around.store, binding: () => Promise.reject(new Error('disk')) };
  const deps = {
    findProvider,
    connect: () => Promise.reject(new RemoteError('unavailable', '')) as never,
    store: broken,
  };
  await expect(observe([campaign('a')], deps)).rejects.toThrow('disk');
  await expect(
    observe([campaign('a')], { ...deps, store: around.store, findProvider: () => undefined }),
  ).rejects.toThrow('no provider intron');
});

function withoutList(provider: Provider | undefined): Provider | undefined {
  if (provider === undefined) return undefined;
  return {
    ...provider,
    open: (options) => {
      const account = provider.open(options);
      if (!isAble(account.resource.list)) throw new Error('it lists');
      return { ...account, resource: { ...account.resource, list: { cannot: 'no list' } } };
    },
  };
}
