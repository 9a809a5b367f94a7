import { describe, expect, test } from 'vitest';
import { endingsOf } from '../../src/apply/applied.ts';
import type { ResourceCodec } from '../../src/providers/contract.ts';
import { campaign, surroundings, type Surroundings } from './surroundings.ts';

const address = 'clinic/default';
const account = 'intron http://127.0.0.1:4010';

type Letting = 'delete' | 'forget';

const codecs: Readonly<Record<Letting, Partial<ResourceCodec>>> = {
  delete: { fixed: ['name'] },
  forget: { fixed: ['name'], remove: { cannot: 'there is no request for it' } },
};
const before = campaign('clinic');
const after = campaign('clinic', { fields: { name: 'Clinic by the park' } });

/** A provider with the object that is to be replaced. */
async function applied(how: Letting): Promise<{ readonly around: Surroundings; readonly old: string }> {
  const around = surroundings({}, codecs[how]);
  await around.apply([before]);
  around.requests.length = 0;
  around.store.writes.length = 0;
  return { around, old: String(around.workflows()[0]?.id) };
}

function markedObjects(around: Surroundings): readonly string[] {
  return around.workflows().flatMap(({ id, description }) => (description?.includes('[callplan:1') ? [id] : []));
}

function withoutIds(requests: readonly string[]): readonly string[] {
  return requests
    .map((request) => request.replace(/[0-9a-f-]{36}/, ':id'))
    .filter((request) => request !== 'GET /workflows');
}

/** As one that is as the file says, is the only one marked, and is bound. */
function expectReplaced(around: Surroundings, how: Letting, old: string, name = 'Clinic by the park'): void {
  const marked = markedObjects(around);
  expect(marked).toHaveLength(1);
  const [id] = marked;
  expect(around.workflows().find((workflow) => workflow.id === id)?.name).toBe(name);
  expect(around.store.bindings.get(address)).toMatchObject({ resourceId: id, account, applied: { name } });
  expect(around.store.intents.size).toBe(0);
  expect(around.workflows().some((workflow) => workflow.id === old)).toBe(how === 'forget' || id === old);
}

describe('replacing', () => {
  test('deletes the old object and creates another in its place', async () => {
    const { around, old } = await applied('delete');
    const results = await around.apply([after]);
    const [now] = around.workflows();
    expect(results).toEqual([{ kind: 'replaced', address, id: now?.id, old: { id: old, how: 'delete' } }]);
    expect(endingsOf(results)).toEqual([]);
    expect(withoutIds(around.requests)).toEqual([
      'DELETE /workflows/:id',
      'GET /workflows/:id',
      'POST /workflows',
      'GET /workflows/:id',
    ]);
    expect(around.store.writes).toEqual([`bind ${address}`, `intend ${address}`, `bind ${address}`]);
    expectReplaced(around, 'delete', old);
    expect(await around.apply([after])).toMatchObject([{ kind: 'kept', id: now?.id }]);
  });

  test('forgets the old object where it cannot be deleted: it stays as it was, without our mark', async () => {
    const { around, old } = await applied('forget');
    await around.edit(old, {
      description: `Spoken by hand\n${String(around.workflows()[0]?.description)}`,
      option_two: 'No',
    });
    expect(await around.apply([after])).toMatchObject([{ kind: 'replaced', old: { id: old, how: 'forget' } }]);
    expect(around.workflows().find(({ id }) => id === old)).toMatchObject({
      name: 'clinic',
      description: 'Spoken by hand',
      message: 'Hello [patient_name]',
      option_two: 'No',
    });
    expectReplaced(around, 'forget', old);
    expect(await around.apply([after])).toMatchObject([{ kind: 'kept' }]);
  });

  test('needs no store to be right: the mark moves from one object to the other', async () => {
    const { around, old } = await applied('forget');
    around.store.bindings.clear();
    expect(await around.apply([after])).toMatchObject([{ kind: 'replaced' }]);
    around.store.bindings.clear();
    expect(await around.apply([after])).toMatchObject([{ kind: 'kept' }]);
    expectReplaced(around, 'forget', old);
  });

  test('writes nothing to an old object that lost its mark', async () => {
    const { around, old } = await applied('delete');
    await around.edit(old, { description: 'Ours no more' });
    expect(await around.apply([after])).toMatchObject([{ kind: 'replaced', old: { how: 'forget' } }]);
    expect(around.requests.filter((request) => request.startsWith('DELETE'))).toEqual([]);
    expect(around.workflows().find(({ id }) => id === old)?.description).toBe('Ours no more');
    expectReplaced(around, 'forget', old);
  });

  test('keeps in mind which address the file spoke for while the object is let go of', async () => {
    const { around, old } = await applied('delete');
    const bound: unknown[] = [];
    around.interfere = (request, next) => {
      if (request.method === 'DELETE') bound.push(around.store.bindings.get(address));
      return next();
    };
    await around.apply([after]);
    expect(bound).toEqual([{ address, resourceId: old, account }]);
  });

  test('by the same plan again does nothing', async () => {
    for (const how of ['delete', 'forget'] as const) {
      const { around } = await applied(how);
      const planned = await around.plan([after], { access: 'write' });
      await around.applyPlanned(planned);
      around.requests.length = 0;
      expect(await around.applyPlanned(planned)).toMatchObject([{ kind: 'kept' }]);
      expect(around.requests).toEqual(['GET /workflows']);
    }
  });

  test('is finished by its plan where it was half done', async () => {
    const { around, old } = await applied('forget');
    const planned = await around.plan([after], { access: 'write' });
    await kill(around, { at: 3, when: 'before', from: planned });
    expect(markedObjects(around)).toEqual([]);
    expect(await around.applyPlanned(planned)).toMatchObject([{ kind: 'replaced' }]);
    expectReplaced(around, 'forget', old);
  });

  test('writes nothing where the old object changed, or another with the mark appeared, since it was planned', async () => {
    const { around, old } = await applied('delete');
    const planned = await around.plan([after], { access: 'write' });
    const { description } = around.workflows()[0] ?? {};
    await around.edit(old, { option_one: 'Yes' });
    around.requests.length = 0;
    expect(await around.applyPlanned(planned)).toEqual([{ kind: 'stale', address, why: 'changed' }]);
    await around.edit(old, { option_one: 'Confirm' });
    around.interfere = async (request, next) => {
      const exchange = await next();
      if (!request.url.endsWith('/workflows') || exchange.kind !== 'answered') return exchange;
      const { status, data } = JSON.parse(exchange.body) as { status: string; data: object[] };
      const copy = { ...data[0], id: 'w-copy', description };
      return { ...exchange, body: JSON.stringify({ status, data: [...data, copy] }) };
    };
    expect(await around.applyPlanned(planned)).toEqual([{ kind: 'stale', address, why: 'appeared' }]);
    expect(new Set(around.requests)).toEqual(new Set(['GET /workflows']));
    expect(around.store.writes).toEqual([]);
  });
});

describe('an object that may have calls under way', () => {
  test('is not replaced while calls to it are open, whosever they are', async () => {
    const { around, old } = await applied('delete');
    around.store.open.push({ resourceId: old, account }, { resourceId: old, account: 'another' });
    around.store.open.push({ resourceId: 'w-other', account });
    const [observed] = await around.plan([after]);
    const reason = { kind: 'in_use', id: old, paths: ['name'], why: 'open_calls', calls: 1 };
    expect(observed).toMatchObject({ planned: { kind: 'conflict', conflict: { address, reason } } });
  });

  test('is not replaced where calls were begun since it was planned', async () => {
    const { around, old } = await applied('delete');
    const planned = await around.plan([after], { access: 'write' });
    around.store.open.push({ resourceId: old, account });
    const results = await around.applyPlanned(planned);
    expect(results).toEqual([{ kind: 'stale', address, why: 'open_calls' }]);
    expect(endingsOf(results)).toEqual(['conflict']);
    expect(around.store.writes).toEqual([]);
    expect(markedObjects(around)).toEqual([old]);
  });

  test('is not replaced where it has no mark and changed, or calls were begun, since it was planned', async () => {
    const { around, old } = await applied('delete');
    await around.edit(old, { description: 'Ours no more' });
    const planned = await around.plan([after], { access: 'write' });
    await around.edit(old, { option_one: 'Yes' });
    around.store.writes.length = 0;
    expect(await around.applyPlanned(planned)).toEqual([{ kind: 'stale', address, why: 'changed' }]);
    await around.edit(old, { option_one: 'Confirm' });
    around.store.open.push({ resourceId: old, account });
    expect(await around.applyPlanned(planned)).toEqual([{ kind: 'stale', address, why: 'open_calls' }]);
    expect(around.store.writes).toEqual([]);
    expect(around.workflows()).toHaveLength(1);
  });

  test('is not replaced by a store that did not run it, which cannot know', async () => {
    const { around, old } = await applied('delete');
    const claimed = String(around.workflows()[0]?.description).replace('store:-', 'store:0123abcd');
    await around.edit(old, { description: claimed });
    const [observed] = await around.plan([after]);
    const reason = { kind: 'in_use', id: old, paths: ['name'], why: 'other_store', store: '0123abcd' };
    expect(observed).toMatchObject({ planned: { kind: 'conflict', conflict: { reason } } });
    const planned = await around.plan([after], { access: 'write', storeless: true });
    expect(await around.applyPlanned(planned)).toEqual([{ kind: 'stale', address, why: 'other_store' }]);
    expect(markedObjects(around)).toEqual([old]);
  });
});

describe('a killed process', () => {
  const moments = [1, 2, 3, 4, 5].flatMap((at) => [
    { at, when: 'before' as const },
    { at, when: 'after' as const },
  ]);

  test('five writes make a replacement', async () => {
    const { around } = await applied('forget');
    expect(await kill(around, { at: 6, when: 'before' })).toBe(5);
  });

  describe.each(['delete', 'forget'] as const)('that was to %s the old object', (how) => {
    test.each(moments)(
      '$when write $at leaves at most one marked object, and the next apply ends it',
      async (moment) => {
        const { around, old } = await applied(how);
        await kill(around, moment);
        expect(markedObjects(around).length).toBeLessThanOrEqual(1);
        await around.apply([after]);
        expectReplaced(around, how, old);
        expect(around.workflows()).toHaveLength(how === 'forget' ? 2 : 1);
        expect(await around.apply([after])).toMatchObject([{ kind: 'kept' }]);
      },
    );

    test.each(moments)('$when write $at and then loses its store: the next apply ends it too', async (moment) => {
      const { around, old } = await applied(how);
      await kill(around, moment);
      around.store.bindings.clear();
      around.store.intents.clear();
      await around.apply([after]);
      expectReplaced(around, how, old);
    });

    test.each(moments)('$when write $at may have the change taken back', async (moment) => {
      const { around, old } = await applied(how);
      await kill(around, moment);
      await around.apply([before]);
      await around.apply([before]);
      expectReplaced(around, how, old, 'clinic');
    });
  });

  test('is made up for where the listing is late and shows the old object, not the new one', async () => {
    const { around, old } = await applied('delete');
    const [stale] = around.workflows();
    await kill(around, { at: 4, when: 'after' });
    const lateUntilMs = around.clock.now() + 60_000;
    around.interfere = async (request, next) => {
      const exchange = await next();
      if (request.method !== 'GET' || around.clock.now() >= lateUntilMs || exchange.kind !== 'answered')
        return exchange;
      if (!request.url.endsWith('/workflows')) return exchange;
      return { ...exchange, body: JSON.stringify({ status: 'Ok', data: [stale] }) };
    };
    expect(await around.apply([after])).toMatchObject([{ kind: 'replaced' }]);
    expect(around.workflows()).toHaveLength(1);
    expectReplaced(around, 'delete', old);
  });
});

describe('an answer that is lost', () => {
  test.each(['delete', 'forget'] as const)('to the %s is made good by reading the old object', async (how) => {
    const { around, old } = await applied(how);
    around.interfere = async (request, next) => {
      const exchange = await next();
      return ['DELETE', 'PUT'].includes(request.method) ? { kind: 'unanswered', cause: 'reset' } : exchange;
    };
    expect(await around.apply([after])).toMatchObject([{ kind: 'replaced' }]);
    expectReplaced(around, how, old);
  });

  test.each(['delete', 'forget'] as const)(
    'to a %s that did not arrive ends there, and nothing is created',
    async (how) => {
      const { around, old } = await applied(how);
      around.interfere = (request, next) =>
        ['DELETE', 'PUT'].includes(request.method) ? Promise.resolve({ kind: 'unanswered', cause: 'reset' }) : next();
      expect(await around.apply([after])).toMatchObject([
        { kind: 'failed', error: 'unknown_effect', mayHaveHappened: true },
      ]);
      expect(markedObjects(around)).toEqual([old]);
      around.interfere = (_, next) => next();
      expect(await around.apply([after])).toMatchObject([{ kind: 'replaced' }]);
      expectReplaced(around, how, old);
    },
  );

  test('to the create is found by the mark', async () => {
    const { around, old } = await applied('forget');
    around.interfere = async (request, next) => {
      const exchange = await next();
      return request.method === 'POST' ? { kind: 'unanswered', cause: 'reset' } : exchange;
    };
    expect(await around.apply([after])).toMatchObject([{ kind: 'replaced', old: { id: old } }]);
    expectReplaced(around, 'forget', old);
  });
});

describe('a provider that does not let go', () => {
  test('and refuses gets no second object', async () => {
    const { around, old } = await applied('delete');
    around.interfere = (request, next) =>
      request.method === 'DELETE'
        ? Promise.resolve({ kind: 'answered', status: 422, headers: {}, body: '{}' })
        : next();
    expect(await around.apply([after])).toMatchObject([{ kind: 'failed', error: 'rejected', mayHaveHappened: false }]);
    expect(markedObjects(around)).toEqual([old]);
  });

  test('and says that it did gets no second object while the mark is there', async () => {
    const { around, old } = await applied('delete');
    around.interfere = (request, next) =>
      request.method === 'DELETE'
        ? Promise.resolve({ kind: 'answered', status: 200, headers: {}, body: '{"status":"Ok","data":null}' })
        : next();
    const results = await around.apply([after]);
    expect(results).toMatchObject([
      { kind: 'failed', message: `${old} carries our mark still, though it was let go of` },
    ]);
    expect(markedObjects(around)).toEqual([old]);
  });

  test('or cannot be read afterwards gets no second object', async () => {
    const { around } = await applied('delete');
    let deleted = false;
    around.interfere = (request, next) => {
      deleted ||= request.method === 'DELETE';
      const isReadBack = deleted && request.method === 'GET';
      return isReadBack ? Promise.resolve({ kind: 'answered', status: 403, headers: {}, body: '{}' }) : next();
    };
    const [result] = await around.apply([after]);
    expect(result).toMatchObject({ kind: 'failed', message: expect.stringContaining('could not be read back') });
    expect(around.workflows()).toEqual([]);
  });

  test('as somebody deleted it meanwhile has done what was wanted', async () => {
    const { around, old } = await applied('delete');
    around.interfere = async (request, next) => {
      if (request.method === 'DELETE') await next();
      return next();
    };
    expect(await around.apply([after])).toMatchObject([{ kind: 'replaced' }]);
    expectReplaced(around, 'delete', old);
  });
});

test('a create that is refused leaves nothing to look up: the next plan creates', async () => {
  const { around, old } = await applied('delete');
  around.interfere = (request, next) =>
    request.method === 'POST' ? Promise.resolve({ kind: 'answered', status: 422, headers: {}, body: '{}' }) : next();
  expect(await around.apply([after])).toMatchObject([{ kind: 'failed', error: 'rejected' }]);
  expect(around.store.intents.size).toBe(0);
  around.interfere = (_, next) => next();
  const startMs = around.clock.now();
  expect(await around.apply([after])).toMatchObject([{ kind: 'created' }]);
  expect(around.clock.now()).toBe(startMs);
  expectReplaced(around, 'delete', old);
});

test('an interruption before its turn lets go of nothing; one in its middle lets it end', async () => {
  const { around, old } = await applied('delete');
  const planned = await around.plan([after], { access: 'write' });
  const stop = new AbortController();
  around.interfere = (request, next) => {
    if (request.method === 'DELETE') stop.abort();
    return next();
  };
  expect(await around.applyPlanned(planned, { signal: AbortSignal.abort() })).toMatchObject([
    { kind: 'not_tried', why: 'interrupted' },
  ]);
  expect(markedObjects(around)).toEqual([old]);
  expect(await around.applyPlanned(planned, { signal: stop.signal })).toMatchObject([{ kind: 'replaced' }]);
});

type Killing = {
  /** Which write, of store and provider together, counted from 1. */
  readonly at: number;
  readonly when: 'before' | 'after';
  readonly from?: Awaited<ReturnType<Surroundings['plan']>>;
};

/** Applies in a process that is dead from a write on; the number of writes that had an effect. */
async function kill(around: Surroundings, { at, when, from }: Killing): Promise<number> {
  const planned = from ?? (await around.plan([after], { access: 'write' }));
  let writes = 0;
  let isDead = false;
  const write = async <Out>(effect: () => Promise<Out>, gone: () => Promise<Out>): Promise<Out> => {
    isDead ||= writes + 1 === at && when === 'before';
    if (isDead) return gone();
    writes += 1;
    const done = await effect();
    isDead ||= writes === at;
    return isDead ? gone() : done;
  };
  const killed = (): Promise<never> => Promise.reject(new Error('killed'));
  const unheard = () => Promise.resolve({ kind: 'unanswered', cause: 'killed' } as const);
  around.interfere = (request, next) =>
    request.method === 'GET' ? (isDead ? unheard() : next()) : write<Awaited<ReturnType<typeof next>>>(next, unheard);
  const { store } = around;
  const dying = {
    ...store,
    bind: (...given: Parameters<typeof store.bind>) => write(() => store.bind(...given), killed),
    intendCreate: (...given: Parameters<typeof store.intendCreate>) =>
      write(() => store.intendCreate(...given), killed),
    forgetCreateIntent: (...given: Parameters<typeof store.forgetCreateIntent>) =>
      write(() => store.forgetCreateIntent(...given), killed),
  };
  await around.applyPlanned(planned, { store: dying }).catch((error: unknown) => {
    if (!(error instanceof Error) || error.message !== 'killed') throw error;
  });
  around.interfere = (_, next) => next();
  return writes;
}
