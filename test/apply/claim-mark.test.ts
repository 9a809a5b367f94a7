import { expect, test } from 'vitest';
import { claimMark } from '../../src/apply/claim-mark.ts';
import type { Claim } from '../../src/apply/claim-mark.ts';
import { campaign, surroundings, type Surroundings } from './surroundings.ts';

async function claim(around: Surroundings, storeId: string, takeOver = false): Promise<Claim> {
  const [observed] = await around.plan([campaign('clinic')], { access: 'write' });
  if (observed?.kind !== 'observed' || observed.live === undefined) throw new Error('not applied');
  return claimMark(observed.target, { address: 'clinic/default', id: observed.live.id, storeId, takeOver });
}

async function applied(): Promise<Surroundings> {
  const around = surroundings({ 'strict-put': true });
  await around.apply([campaign('clinic', { fields: { description: 'Day before' } })]);
  return around;
}

test('the first run writes its store into an empty mark and changes nothing else', async () => {
  const around = await applied();
  const [before] = around.workflows();
  expect(await claim(around, 'aaaaaaaa')).toMatchObject({ kind: 'claimed', live: { mark: { store: 'aaaaaaaa' } } });
  const [after] = around.workflows();
  expect(after).toEqual({ ...before, description: before?.description?.replace('store:-', 'store:aaaaaaaa') });
});

test('a mark that names this store is left as it is', async () => {
  const around = await applied();
  await claim(around, 'aaaaaaaa');
  around.requests.length = 0;
  expect((await claim(around, 'aaaaaaaa')).kind).toBe('held');
  expect(around.requests.filter((request) => !request.startsWith('GET'))).toEqual([]);
});

test('another store’s mark changes only by taking over', async () => {
  const around = await applied();
  await claim(around, 'aaaaaaaa');
  expect(await claim(around, 'bbbbbbbb')).toEqual({ kind: 'other_store', store: 'aaaaaaaa' });
  expect(await claim(around, 'bbbbbbbb', true)).toMatchObject({
    kind: 'taken_over',
    live: { mark: { store: 'bbbbbbbb' } },
  });
});

test('applying keeps the store that the mark names', async () => {
  const around = await applied();
  await claim(around, 'aaaaaaaa');
  await around.apply([campaign('clinic', { fields: { description: 'Two days before' } })]);
  expect(around.workflows()[0]?.description).toMatch(/^Two days before\n.* store:aaaaaaaa\]$/);
});

test('an object without our mark is not written', async () => {
  const around = await applied();
  const id = String(around.workflows()[0]?.id);
  await around.edit(id, { description: 'by hand' });
  expect((await claim(around, 'aaaaaaaa')).kind).toBe('unmarked');
  expect(around.workflows()[0]?.description).toBe('by hand');
});

test('an object of another address is not written, though its mark is empty', async () => {
  const around = await applied();
  const [before] = around.workflows();
  const [observed] = await around.plan([campaign('garage', { id: String(before?.id), used: true })], {
    access: 'write',
  });
  if (observed?.kind !== 'observed') throw new Error('not seen');
  const options = { address: 'garage/default', id: String(before?.id), storeId: 'aaaaaaaa', takeOver: true };
  expect((await claimMark(observed.target, options)).kind).toBe('unmarked');
  expect(around.workflows()).toEqual([before]);
});

test.for([
  ['an empty mark', undefined],
  ['the mark of another store', 'bbbbbbbb'],
] as const)('a provider that answers well and keeps %s is told', async ([, before]) => {
  const around = await applied();
  if (before !== undefined) await claim(around, before);
  around.interfere = (request, next) =>
    request.method === 'PUT'
      ? Promise.resolve({
          kind: 'answered',
          status: 200,
          headers: {},
          body: JSON.stringify({ status: 'Ok', message: 'workflow updated successfully', data: around.workflows()[0] }),
        })
      : next();
  expect(await claim(around, 'aaaaaaaa', true)).toEqual({ kind: 'not_persisted' });
});

/** The first so many writes never arrive. */
function losingWrites(around: Surroundings, count: number): void {
  let left = count;
  around.interfere = (request, next) => {
    if (request.method !== 'PUT' || left === 0) return next();
    left -= 1;
    return Promise.resolve({ kind: 'answered', status: 502, headers: {}, body: '<html>' });
  };
}

test('a write that never arrived is made again', async () => {
  const around = await applied();
  await claim(around, 'aaaaaaaa');
  losingWrites(around, 1);
  expect(await claim(around, 'bbbbbbbb', true)).toMatchObject({ kind: 'taken_over' });
});

test('writes that never arrive are told as what they are', async () => {
  const around = await applied();
  await claim(around, 'aaaaaaaa');
  losingWrites(around, 2);
  await expect(claim(around, 'bbbbbbbb', true)).rejects.toThrow('answered 502');
});

test('a lost answer is settled by reading back', async () => {
  const around = await applied();
  around.interfere = async (request, next) => {
    const exchange = await next();
    return request.method === 'PUT' ? { kind: 'unanswered', cause: 'reset' } : exchange;
  };
  expect((await claim(around, 'aaaaaaaa')).kind).toBe('claimed');
});

test('a refusal is thrown', async () => {
  const around = await applied();
  around.interfere = (request, next) =>
    request.method === 'PUT' ? Promise.resolve({ kind: 'answered', status: 422, headers: {}, body: '{}' }) : next();
  await expect(claim(around, 'aaaaaaaa')).rejects.toThrow('answered 422');
});

test('a store that claimed at the same moment and last is the one', async () => {
  const around = await applied();
  around.interfere = async (request, next) => {
    const exchange = await next();
    if (request.method === 'PUT') {
      const [workflow] = around.workflows();
      await around.edit(String(workflow?.id), {
        description: String(workflow?.description).replace('aaaaaaaa', 'bbbbbbbb'),
      });
    }
    return exchange;
  };
  expect(await claim(around, 'aaaaaaaa')).toEqual({ kind: 'other_store', store: 'bbbbbbbb' });
});
