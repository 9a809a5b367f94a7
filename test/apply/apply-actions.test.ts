import { describe, expect, test } from 'vitest';
import { endingsOf } from '../../src/apply/applied.ts';
import { LeaseLost } from '../../src/store/contract/failure.ts';
import { campaign, surroundings } from './surroundings.ts';

const address = 'clinic/default';

describe('applying', () => {
  test('creates, reads back and remembers', async () => {
    const around = surroundings();
    const results = await around.apply([campaign('clinic')]);
    const [workflow] = around.workflows();
    expect(results).toEqual([{ kind: 'created', address, id: workflow?.id }]);
    expect(workflow).toMatchObject({ name: 'clinic', message: 'Hello [patient_name]', option_one: 'Confirm' });
    expect(workflow?.description).toMatch(/^\[callplan:1 clinic\/default sha256:[0-9a-f]{16} store:-\]$/);
    expect(around.requests).toEqual([
      'GET /workflows',
      'GET /workflows',
      'POST /workflows',
      `GET /workflows/${String(workflow?.id)}`,
    ]);
    expect(around.store.writes).toEqual([`intend ${address}`, `bind ${address}`]);
    expect(around.store.bindings.get(address)).toMatchObject({ resourceId: workflow?.id, applied: { name: 'clinic' } });
    expect(around.store.files.get('clinic.yaml')).toBe(address);
  });

  test('sends a create only once its intent is durable', async () => {
    const around = surroundings();
    const intended: boolean[] = [];
    around.interfere = (request, next) => {
      if (request.method === 'POST') intended.push(around.store.intents.has(address));
      return next();
    };
    await around.apply([campaign('clinic')]);
    expect(intended).toEqual([true]);
    expect(around.store.intents.size).toBe(0);
  });

  test('twice writes nothing the second time', async () => {
    const around = surroundings();
    await around.apply([campaign('clinic')]);
    around.requests.length = 0;
    const [kept] = await around.apply([campaign('clinic')]);
    expect(kept).toMatchObject({ kind: 'kept' });
    expect(around.requests).toEqual(['GET /workflows']);
    expect(around.store.writes).toHaveLength(2);
  });

  test('the same plan again does nothing', async () => {
    const around = surroundings();
    const planned = await around.plan([campaign('clinic')], { access: 'write' });
    await around.applyPlanned(planned);
    around.requests.length = 0;
    expect(await around.applyPlanned(planned)).toMatchObject([{ kind: 'kept' }]);
    expect(around.requests).toEqual(['GET /workflows']);
    expect(around.workflows()).toHaveLength(1);
  });

  test('puts drift right, with the whole object, and keeps what nobody declared', async () => {
    const around = surroundings({ 'strict-put': true });
    await around.apply([campaign('clinic')]);
    const id = String(around.workflows()[0]?.id);
    await around.edit(id, { include_reply: true, option_two: 'Later', message: 'Hi' });
    const [result] = await around.apply([campaign('clinic')]);
    expect(result).toEqual({ kind: 'updated', address, id });
    expect(around.workflows()[0]).toMatchObject({
      message: 'Hello [patient_name]',
      include_reply: true,
      option_two: 'Later',
    });
    expect((await around.apply([campaign('clinic')]))[0]?.kind).toBe('kept');
  });

  test('adopts what the file names, and leaves used objects alone', async () => {
    const around = surroundings();
    await around.apply([campaign('clinic')]);
    const id = String(around.workflows()[0]?.id);
    await around.edit(id, { description: 'Made by hand' });
    around.store.bindings.clear();
    const [used] = await around.apply([campaign('garage', { id, used: true })]);
    expect(used).toEqual({ kind: 'kept', address: 'garage/default', id });
    expect(around.store.bindings.get('garage/default')).toEqual({
      address: 'garage/default',
      resourceId: id,
      account: 'intron http://127.0.0.1:4010',
    });
    expect(around.workflows()[0]?.description).toBe('Made by hand');
    const [adopted] = await around.apply([campaign('clinic', { id, fields: { name: 'Clinic' } })]);
    expect(adopted).toEqual({ kind: 'adopted', address, id });
    expect(around.workflows()[0]).toMatchObject({
      name: 'Clinic',
      description: expect.stringMatching(/^Made by hand\n\[callplan:1/),
    });
  });

  test('remembers what a lost store knew', async () => {
    const around = surroundings();
    await around.apply([campaign('clinic')]);
    around.store.bindings.clear();
    const [kept] = await around.apply([campaign('clinic')]);
    expect(kept?.kind).toBe('kept');
    expect(around.store.bindings.get(address)).toMatchObject({ applied: { name: 'clinic' } });
  });

  test('names fields that the provider dropped', async () => {
    const around = surroundings({ 'drop-field': ['option_one', 'description'] });
    const results = await around.apply([campaign('clinic')]);
    expect(results).toEqual([
      { kind: 'not_persisted', address, id: around.workflows()[0]?.id, paths: ['option_one', '$mark'] },
    ]);
    expect(endingsOf(results)).toEqual(['unsettled']);
  });

  test('keeps the order of the work and tells results as they come', async () => {
    const around = surroundings();
    const told: string[] = [];
    const campaigns = ['c', 'a', 'b'].map((name) => campaign(name));
    const results = await around.apply(campaigns, { report: ({ address: told_ }) => told.push(told_) });
    expect(results.map((result) => result.address)).toEqual(['c/default', 'a/default', 'b/default']);
    expect(told.toSorted()).toEqual(['a/default', 'b/default', 'c/default']);
  });
});

describe('a stale plan', () => {
  test('writes nothing at all, not even what is still as planned', async () => {
    const around = surroundings();
    const campaigns = ['clinic', 'garage'].map((name) => campaign(name));
    await around.apply(campaigns);
    const [clinic, garage] = around.workflows().map(({ id }) => id);
    const changed = ['clinic', 'garage'].map((name) => campaign(name, { fields: { message: 'Good day' } }));
    const planned = await around.plan([...changed, campaign('survey')], { access: 'write' });
    await around.edit(String(garage), { name: 'Renamed' });
    around.requests.length = 0;
    around.store.writes.length = 0;
    const results = await around.applyPlanned(planned);
    expect(results).toEqual([
      { kind: 'not_tried', address, why: 'stale' },
      { kind: 'stale', address: 'garage/default', why: 'changed' },
      { kind: 'not_tried', address: 'survey/default', why: 'stale' },
    ]);
    expect(around.requests).toEqual(['GET /workflows']);
    expect(around.store.writes).toEqual([]);
    expect(endingsOf(results)).toEqual(['conflict']);
    expect(around.workflows().find(({ id }) => id === clinic)?.message).toBe('Hello [patient_name]');
  });

  test('says that an object is gone, or that one appeared', async () => {
    const around = surroundings();
    await around.apply([campaign('clinic')]);
    const update = await around.plan([campaign('clinic', { fields: { message: 'Good day' } })], { access: 'write' });
    around.store.bindings.clear();
    around.interfere = async (_, next) => {
      const exchange = await next();
      return exchange.kind === 'answered' ? { ...exchange, body: '{"status":"Ok","data":[]}' } : exchange;
    };
    expect(await around.applyPlanned(update)).toEqual([{ kind: 'stale', address, why: 'gone' }]);
    const create = await around.plan([campaign('clinic', { fields: { message: 'Good day' } })], { access: 'write' });
    around.interfere = (_, next) => next();
    expect(await around.applyPlanned(create)).toEqual([{ kind: 'stale', address, why: 'appeared' }]);
  });
});

describe('a provider that fails', () => {
  test('stops the rest where it refuses the credentials', async () => {
    const around = surroundings();
    around.interfere = (request, next) =>
      request.method === 'POST' ? Promise.resolve({ kind: 'answered', status: 401, headers: {}, body: '{}' }) : next();
    const campaigns = Array.from({ length: 12 }, (_, index) => campaign(`clinic-${String(index)}`));
    const results = await around.apply(campaigns);
    expect(results[0]).toMatchObject({ kind: 'failed', error: 'unauthorized', mayHaveHappened: false });
    expect(results.at(-1)).toEqual({ kind: 'not_tried', address: 'clinic-11/default', why: 'unauthorized' });
    expect(new Set(endingsOf(results))).toEqual(new Set(['environment']));
    expect(around.store.intents.size).toBe(0);
  });

  test('does not keep the other campaigns from being applied', async () => {
    const around = surroundings();
    const campaigns = [campaign('clinic', { fields: { name: '' } }), campaign('garage')];
    const results = await around.apply(campaigns);
    expect(results).toMatchObject([
      { kind: 'failed', error: 'rejected', message: expect.stringContaining('name must be a text') },
      { kind: 'created' },
    ]);
    expect(endingsOf(results)).toEqual(['unsettled']);
    expect(around.store.intents.size).toBe(0);
  });

  test('while objects are read again fails what is written there', async () => {
    const around = surroundings();
    const planned = await around.plan([campaign('clinic')], { access: 'write' });
    around.interfere = () => Promise.resolve({ kind: 'answered', status: 403, headers: {}, body: '{}' });
    expect(await around.applyPlanned(planned)).toMatchObject([{ kind: 'failed', error: 'unauthorized' }]);
    expect(around.store.writes).toEqual([]);
  });

  test('with the answer to an update is settled by reading back', async () => {
    const around = surroundings();
    await around.apply([campaign('clinic')]);
    const changed = campaign('clinic', { fields: { message: 'Good day' } });
    around.interfere = async (request, next) => {
      const exchange = await next();
      return request.method === 'PUT' ? { kind: 'unanswered', cause: 'reset' } : exchange;
    };
    expect(await around.apply([changed])).toMatchObject([{ kind: 'updated' }]);
    expect(around.store.bindings.get(address)?.applied).toMatchObject({ message: 'Good day' });
  });

  test('before an update arrived says that it may have happened', async () => {
    const around = surroundings();
    await around.apply([campaign('clinic')]);
    around.interfere = (request, next) =>
      request.method === 'PUT' ? Promise.resolve({ kind: 'unanswered', cause: 'reset' }) : next();
    const results = await around.apply([campaign('clinic', { fields: { message: 'Good day' } })]);
    expect(results).toMatchObject([{ kind: 'failed', error: 'unknown_effect', mayHaveHappened: true }]);
    around.interfere = (request, next) =>
      request.method === 'PUT' ? Promise.resolve({ kind: 'answered', status: 422, headers: {}, body: '{}' }) : next();
    const refused = await around.apply([campaign('clinic', { fields: { message: 'Good day' } })]);
    expect(refused).toMatchObject([{ kind: 'failed', error: 'rejected', mayHaveHappened: false }]);
  });

  test('when it is read back says that it was written', async () => {
    const around = surroundings();
    let written = false;
    around.interfere = async (request, next) => {
      if (written && request.method === 'GET') return { kind: 'answered', status: 404, headers: {}, body: '{}' };
      written ||= request.method === 'POST';
      return next();
    };
    const results = await around.apply([campaign('clinic')]);
    expect(results).toMatchObject([
      { kind: 'failed', error: 'not_found', message: expect.stringContaining('read back') },
    ]);
    expect(around.store.bindings.has(address)).toBe(true);
  });
});

describe('an interruption', () => {
  test('starts nothing new and leaves nothing to look up', async () => {
    const around = surroundings();
    const planned = await around.plan([campaign('clinic')], { access: 'write' });
    const stop = new AbortController();
    around.interfere = (_, next) => {
      stop.abort();
      return next();
    };
    const results = await around.applyPlanned(planned, { signal: stop.signal });
    expect(results).toEqual([{ kind: 'not_tried', address, why: 'interrupted' }]);
    expect(endingsOf(results)).toEqual([]);
    expect(around.store.intents.size).toBe(0);
    expect(around.workflows()).toEqual([]);
  });
});

test('a lost lease stops everything and is thrown', async () => {
  const around = surroundings();
  const planned = await around.plan([campaign('clinic')], { access: 'write' });
  await expect(around.applyPlanned(planned, {}, 2)).rejects.toThrow(LeaseLost);
  expect(around.workflows()).toEqual([]);
});

test('a store that breaks while it is applied keeps the rest from being sent', async () => {
  const around = surroundings();
  const campaigns = Array.from({ length: 40 }, (_, index) => campaign(`clinic-${String(index)}`));
  const broken = { ...around.store, bind: () => Promise.reject(new Error('disk full')) };
  await expect(around.apply(campaigns, { store: broken })).rejects.toThrow('disk full');
  expect(around.workflows().length).toBeGreaterThan(0);
  expect(around.workflows().length).toBeLessThanOrEqual(8);
});
