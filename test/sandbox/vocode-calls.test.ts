import { describe, expect, test } from 'vitest';
import type { Ending } from '../../src/sandbox/life.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { callBack, roofer } from './roofer.ts';
import { strayOf } from './vocode-documented.ts';

const transfer = { actions: [{ type: 'action_transfer_call', config: { phone_number: '15550100150' } }] };

describe('a call', () => {
  test('is whole where it is placed and asked for, and normalized in the listing, as documented', async () => {
    const { ask, agent, call, pass } = roofer({ life: { shares: { answered: 1 } } });
    const { id } = await agent();
    const placed = await call(id, { telephony_params: { a: 'b' } });
    expect(strayOf(placed, 'Call')).toEqual([]);
    expect(placed).toMatchObject({
      status: 'not_started',
      to_number: '12125550101',
      agent: { id, prompt: { content: 'You call ${first_name} back.' } },
      context: { first_name: 'Ada' },
      on_no_human_answer: 'continue',
      start_time: null,
    });
    await pass(200_000);
    const { body: one } = await ask('GET', `/calls?id=${String(placed['id'])}`);
    expect(strayOf(one, 'Call')).toEqual([]);
    expect(one).toMatchObject({ status: 'ended', start_time: '2026-11-23T15:00:02Z' });
    const { body: page } = await ask('GET', '/calls/list?size=5');
    expect(strayOf(page, 'CallPage')).toEqual([]);
    expect(page).toMatchObject({
      items: [{ agent: id, start_time: Date.UTC(2026, 10, 23, 15, 0, 2) / 1000 }],
      size: 5,
    });
  });

  test.each<[Ending, JsonObject]>([
    ['replied', { status: 'ended', stage: 'transfer_successful', stage_outcome: 'transfer_disconnected' }],
    ['answered', { status: 'ended', human_detection_result: 'human', stage_outcome: 'bot_disconnected' }],
    ['voicemail', { status: 'ended', human_detection_result: 'no_human' }],
    ['no_answer', { status: 'ended', stage_outcome: 'human_unanswered', human_detection_result: null }],
    ['busy', { status: 'ended', stage_outcome: 'call_did_not_connect', telephony_metadata: { call_status: 'busy' } }],
    ['failed', { status: 'error', error_message: expect.any(String) }],
  ])('that ends %s goes from not_started over in_progress to its end', async (ending, end) => {
    const { ask, agent, call, pass } = roofer({ life: { shares: { [ending]: 1 } } });
    const { id } = await call((await agent(transfer))['id']);
    const read = async (): Promise<JsonObject> => (await ask('GET', `/calls?id=${String(id)}`)).body;
    await pass(2_000);
    expect(await read()).toMatchObject({ status: 'in_progress', end_time: null, stage_outcome: null });
    await pass(100_000);
    const ended = await read();
    expect(ended).toMatchObject(end);
    expect(strayOf(ended, 'Call')).toEqual([]);
  });

  test('is ended on request, once, and then has nothing to say', async () => {
    const { ask, agent, call, pass } = roofer();
    const { id } = await call((await agent())['id']);
    await pass(5_000);
    const { body } = await ask('POST', `/calls/end?id=${String(id)}`);
    expect(body).toMatchObject({ status: 'ended', stage_outcome: null, end_time: '2026-11-23T15:00:05Z' });
    await pass(5_000);
    expect((await ask('POST', `/calls/end?id=${String(id)}`)).body).toEqual(body);
  });

  test('takes an agent that is written out, without a voice', async () => {
    const { call, snapshot } = roofer();
    const placed = await call({ prompt: { content: 'Hello' } });
    expect(strayOf(placed, 'Call')).toEqual([]);
    expect(snapshot().resources).toHaveLength(1);
    expect(await call({ prompt: 7 })).toMatchObject({ detail: [{ loc: ['body', 'agent', 'prompt'] }] });
  });

  test('is refused where the prompt would have holes, and to an agent that nobody has', async () => {
    const { ask, agent, call } = roofer();
    const { id } = await agent({ prompt: { content: '${ first_name } and ${topic}' } });
    expect(await call(id)).toMatchObject({ detail: [{ loc: ['body', 'context', 'topic'], type: 'missing' }] });
    expect(await call(id, { context: null })).toMatchObject({ detail: [{}, {}] });
    const body = { ...callBack, from_number: '15550100199', to_number: '12125550101' };
    const nobody = { ...body, agent: '1c2b7f5e-3b1a-4c9d-8f6e-2a9d0b7c4e11' };
    expect((await ask('POST', '/calls/create', nobody)).status).toBe(404);
  });

  test('that keeps nothing shows neither prompt nor transcript', async () => {
    const { ask, agent, call, pass } = roofer({ life: { shares: { answered: 1 } } });
    const { id } = await agent();
    const [open, closed] = [await call(id), await call(id, { hipaa_compliant: true })];
    await pass(200_000);
    const read = async (one: JsonObject): Promise<JsonObject> =>
      (await ask('GET', `/calls?id=${String(one['id'])}`)).body;
    expect((await read(open))['transcript']).toEqual(expect.any(String));
    expect(await read(closed)).toMatchObject({ transcript: null, agent: { prompt: { content: '[redacted]' } } });
  });

  test('says whether somebody asked for peace only where that is listened for', async () => {
    const { ask, agent, call, pass } = roofer({ life: { shares: { answered: 1 } } });
    const { id } = await agent();
    for (let at = 10; at < 40; at += 1) {
      await call(id, { to_number: `121255501${String(at)}`, run_do_not_call_detection: at >= 15 });
    }
    await pass(200_000);
    const { items } = (await ask('GET', '/calls/list?size=50')).body;
    const results = (items as readonly JsonObject[]).map((item) => item['do_not_call_result']);
    expect(new Set(results.slice(0, 5))).toEqual(new Set([null]));
    expect(new Set(results.slice(5))).toEqual(new Set([true, false]));
  });
});

describe('the listing of calls', () => {
  test('has pages, oldest first or newest first', async () => {
    const { ask, agent, call } = roofer({ faults: 'page-cap=2' });
    const { id } = await agent();
    const ids: unknown[] = [];
    for (let at = 0; at < 3; at += 1) ids.push((await call(id))['id']);
    const listed = async (query: string): Promise<JsonObject> => {
      const { items, ...rest } = (await ask('GET', `/calls/list?${query}`)).body;
      return { ...rest, ids: (items as readonly JsonObject[]).map((item) => item['id']) };
    };
    const rest = { total: 3, total_is_estimated: false, size: 2 };
    expect(await listed('size=9')).toEqual({ ...rest, page: 1, has_more: true, ids: ids.slice(0, 2) });
    expect(await listed('size=9&page=2')).toEqual({ ...rest, page: 2, has_more: false, ids: ids.slice(2) });
    expect(await listed('size=9&page=3')).toEqual({ ...rest, page: 3, has_more: false, ids: [] });
    expect((await listed('size=9&sort_desc=true'))['ids']).toEqual([ids[2], ids[1]]);
  });

  test.each([
    ['total-off', { total: 2 }],
    ['total-estimated', { total_is_estimated: true }],
    ['no-echo', { items: [{ context: null }] }],
    ['extra-fields', { items: [{ revision: 7 }] }],
    ['unknown-status', { items: [{ status: 'escalated' }] }],
  ])('may be off: %s', async (faults, page) => {
    const { ask, agent, call, pass } = roofer({ faults });
    await call((await agent())['id']);
    await pass(200_000);
    expect((await ask('GET', '/calls/list')).body).toMatchObject(page);
  });

  test('lacks for a while what was placed just now, though it can be asked for by id', async () => {
    const { ask, agent, call, pass } = roofer({ faults: 'list-lag=10s' });
    const { id } = await call((await agent())['id']);
    expect((await ask('GET', '/calls/list')).body).toMatchObject({ items: [], total: 0 });
    expect((await ask('GET', `/calls?id=${String(id)}`)).status).toBe(200);
    await pass(10_000);
    expect((await ask('GET', '/calls/list')).body).toMatchObject({ total: 1 });
  });
});

describe('what goes wrong', () => {
  test.each([
    ['lose-response', 'cut', 1],
    ['fail-after-placing', 503, 1],
    ['fail-before-placing', 503, 0],
    ['refuse', 400, 0],
    ['throttle', 429, 0],
    ['missing-entry', 200, 1],
    ['unauthorized', 401, 0],
  ] as const)('%s is answered %s', async (fault, status, placed) => {
    const agent = { ...callBack, prompt: { content: 'Hello' } };
    const { ask, snapshot, log } = roofer({ faults: fault });
    const answer = await ask('POST', '/calls/create', { from_number: '15550100199', to_number: '12125550101', agent });
    expect(answer.status).toBe(status);
    expect(answer.body['id']).toBeUndefined();
    expect(snapshot().calls).toHaveLength(placed);
    expect(log.flatMap((line) => line['calls'] ?? [])).toHaveLength(placed);
  });

  test('has every call in the log, with its context', async () => {
    const { agent, call, log } = roofer();
    const { id } = await call((await agent())['id']);
    expect(log.at(-1)).toMatchObject({
      path: '/v1/calls/create',
      calls: [{ phone: '+12125550101', call_id: id, tags: { first_name: 'Ada' } }],
    });
  });
});

test('an agent that a campaign names by its id is there', async () => {
  const id = '1c2b7f5e-3b1a-4c9d-8f6e-2a9d0b7c4e11';
  const { ask, call } = roofer({ resource: { id, fields: {} } });
  expect(strayOf((await ask('GET', `/agents?id=${id}`)).body, 'Agent')).toEqual([]);
  expect(await call(id)).toMatchObject({ agent: { id } });
});
