import { describe, expect, test } from 'vitest';
import { campaign, surroundings, type Surroundings } from './surroundings.ts';

const address = 'clinic/default';

/** Kills the process between the create and its record. */
async function crash(around: Surroundings): Promise<void> {
  const killed = { ...around.store, bind: () => Promise.reject(new Error('killed')) };
  await expect(around.apply([campaign('clinic')], { store: killed })).rejects.toThrow('killed');
}

describe('a crash between creating and recording', () => {
  test('creates nothing twice: the mark is found by the next plan', async () => {
    const around = surroundings();
    await crash(around);
    expect(around.store.intents.has(address)).toBe(true);
    expect(await around.apply([campaign('clinic')])).toMatchObject([{ kind: 'kept' }]);
    expect(around.workflows()).toHaveLength(1);
    expect(around.store.bindings.get(address)?.resourceId).toBe(around.workflows()[0]?.id);
    expect(around.store.intents.size).toBe(0);
  });

  test('creates nothing twice where the listing is late: it waits and looks again', async () => {
    const around = surroundings();
    await crash(around);
    const lateUntilMs = around.clock.now() + 60_000;
    around.interfere = async (request, next) => {
      const exchange = await next();
      const isLate = request.url.endsWith('/workflows') && request.method === 'GET' && around.clock.now() < lateUntilMs;
      return isLate && exchange.kind === 'answered' ? { ...exchange, body: '{"status":"Ok","data":[]}' } : exchange;
    };
    const waits: number[] = [];
    const results = await around.apply([campaign('clinic')], { waiting: (ms) => waits.push(ms) });
    expect(results).toMatchObject([{ kind: 'kept' }]);
    expect(waits).toEqual([300_000]);
    expect(around.workflows()).toHaveLength(1);
  });
});

describe('a crash before creating', () => {
  test('creates after having looked twice in a settled listing', async () => {
    const around = surroundings();
    around.store.intents.set(address, { address, account: 'intron http://127.0.0.1:4010', atMs: 0 });
    const startMs = around.clock.now();
    expect(await around.apply([campaign('clinic')])).toMatchObject([{ kind: 'created' }]);
    expect(around.clock.now() - startMs).toBe(300_000);
    expect(around.requests.map((request) => request.replace(/[0-9a-f-]{36}/, ':id'))).toEqual([
      'GET /workflows',
      'GET /workflows',
      'GET /workflows',
      'GET /workflows',
      'POST /workflows',
      'GET /workflows/:id',
    ]);
  });

  test('keeps nobody else waiting, and one wait serves all', async () => {
    const around = surroundings();
    const names = Array.from({ length: 20 }, (_, index) => `clinic-${String(index)}`);
    for (const name of names) {
      const of = `${name}/default`;
      around.store.intents.set(of, { address: of, account: 'intron http://127.0.0.1:4010', atMs: 0 });
    }
    const createdAtMs: number[] = [];
    const startMs = around.clock.now();
    const campaigns = [...names, 'garage'].map((name) => campaign(name));
    const report = () => void createdAtMs.push(around.clock.now() - startMs);
    await around.apply(campaigns, { report });
    expect(createdAtMs[0]).toBe(0);
    expect(createdAtMs.slice(1)).toEqual(names.map(() => 300_000));
    expect(around.workflows()).toHaveLength(21);
  });

  test('waits for nothing where the intent went to another account', async () => {
    const around = surroundings();
    around.store.intents.set(address, { address, account: 'intron https://voicebot.intron.health', atMs: 0 });
    const startMs = around.clock.now();
    await around.apply([campaign('clinic')]);
    expect(around.clock.now()).toBe(startMs);
  });

  test('is left alone by an interruption while it waits', async () => {
    const around = surroundings();
    const intent = { address, account: 'intron http://127.0.0.1:4010', atMs: 0 };
    around.store.intents.set(address, intent);
    const stop = new AbortController();
    const results = await around.apply([campaign('clinic')], { signal: stop.signal, waiting: () => stop.abort() });
    expect(results).toEqual([{ kind: 'not_tried', address, why: 'interrupted' }]);
    expect(around.store.intents.get(address)).toBe(intent);
  });
});

describe('a create whose answer is lost', () => {
  test('is found by its mark', async () => {
    const around = surroundings();
    around.interfere = async (request, next) => {
      const exchange = await next();
      return request.method === 'POST' ? { kind: 'unanswered', cause: 'reset' } : exchange;
    };
    expect(await around.apply([campaign('clinic')])).toMatchObject([{ kind: 'created' }]);
    expect(around.workflows()).toHaveLength(1);
    expect(around.store.intents.size).toBe(0);
  });

  test('is sent once more where it certainly did not arrive', async () => {
    const around = surroundings();
    let posts = 0;
    around.interfere = async (request, next) => {
      if (request.method === 'POST') posts += 1;
      return request.method === 'POST' && posts === 1 ? { kind: 'unanswered', cause: 'reset' } : next();
    };
    expect(await around.apply([campaign('clinic')])).toMatchObject([{ kind: 'created' }]);
    expect(around.workflows()).toHaveLength(1);
    expect(posts).toBe(2);
  });

  test('twice over stays in doubt, and the next apply looks first', async () => {
    const around = surroundings();
    around.interfere = (request, next) =>
      request.method === 'POST' ? Promise.resolve({ kind: 'answered', status: 502, headers: {}, body: '' }) : next();
    expect(await around.apply([campaign('clinic')])).toMatchObject([
      { kind: 'failed', error: 'unknown_effect', mayHaveHappened: true },
    ]);
    expect(around.store.intents.has(address)).toBe(true);
    around.interfere = (_, next) => next();
    const waits: number[] = [];
    expect(await around.apply([campaign('clinic')], { waiting: (ms) => waits.push(ms) })).toMatchObject([
      { kind: 'created' },
    ]);
    expect(waits).toEqual([300_000]);
  });

  test('cannot be settled while the listing fails', async () => {
    const around = surroundings();
    let posted = false;
    around.interfere = async (request, next) => {
      posted ||= request.method === 'POST';
      return posted ? { kind: 'answered', status: 500, headers: {}, body: '' } : next();
    };
    expect(await around.apply([campaign('clinic')])).toMatchObject([{ kind: 'failed', error: 'unavailable' }]);
    expect(around.store.intents.has(address)).toBe(true);
  });

  test('is not looked into where the credentials are refused', async () => {
    const around = surroundings();
    let posts = 0;
    around.interfere = async (request, next) => {
      if (request.method !== 'POST') return next();
      posts += 1;
      return posts === 1
        ? { kind: 'unanswered', cause: 'reset' }
        : { kind: 'answered', status: 401, headers: {}, body: '' };
    };
    const startMs = around.clock.now();
    const results = await around.apply([campaign('clinic'), campaign('garage')]);
    expect(results).toMatchObject([
      { kind: 'failed', error: 'unknown_effect', mayHaveHappened: true },
      { kind: 'failed', error: 'unauthorized' },
    ]);
    expect(around.clock.now()).toBe(startMs);
  });
});
