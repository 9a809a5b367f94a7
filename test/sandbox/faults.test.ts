import { describe, expect, test } from 'vitest';
import { faultNames } from '../../src/sandbox/faults.ts';
import { parseFaults } from '../../src/sandbox/parse-faults.ts';
import { parseLife } from '../../src/sandbox/parse-life.ts';
import { clinic, itemsOf, patient, patients, phoneOf } from './clinic.ts';
import type { Clinic } from './clinic.ts';

describe('reading faults', () => {
  test('takes shares, times, counts, names and flags', () => {
    expect(
      parseFaults(
        'lose-response=0.2, throttle=5%,refuse,list-lag=2s,slow=150,clock-skew=-10m,page-cap=20,no-echo,drop-field=message,drop-field=name',
      ),
    ).toEqual({
      kind: 'faults',
      faults: {
        'lose-response': 0.2,
        throttle: 0.05,
        refuse: 1,
        'list-lag': 2_000,
        slow: 150,
        'clock-skew': -600_000,
        'page-cap': 20,
        'no-echo': true,
        'drop-field': ['message', 'name'],
      },
    });
    expect(parseFaults('')).toEqual({ kind: 'faults', faults: {} });
  });

  test.each([
    ['lose-response=2', 'lose-response needs a share, such as 0.1 or 10%'],
    ['lose-response=x', 'lose-response needs a share'],
    ['slow', 'slow needs a time, such as 500ms or 2s'],
    ['page-cap=0', 'page-cap needs a count'],
    ['drop-field', 'drop-field needs a name'],
    ['no-echo=1', 'no-echo takes no value'],
    ['loose-response=1', 'unknown fault "loose-response"; known are lose-response, fail-after-placing'],
    ['toString', 'unknown fault "toString"'],
  ])('says what is wrong with %s', (text, words) => {
    expect(parseFaults(text)).toMatchObject({ kind: 'wrong', text: expect.stringContaining(words) });
  });

  test('knows every name of the tables', () => {
    for (const name of faultNames()) {
      const tried = ['', '=1'].map((value) => parseFaults(name + value).kind);
      expect(tried).toContain('faults');
    }
  });
});

describe('reading lives', () => {
  test('takes shares and numbers', () => {
    expect(parseLife('replied=70%,no_answer=0.3,+2348030000001=busy,+2348030000002=no_answer/replied')).toEqual({
      kind: 'life',
      life: {
        shares: { replied: 0.7, no_answer: 0.3 },
        numbers: { '+2348030000001': ['busy'], '+2348030000002': ['no_answer', 'replied'] },
      },
    });
    expect(parseLife('+2348030000001=busy')).toEqual({
      kind: 'life',
      life: { numbers: { '+2348030000001': ['busy'] } },
    });
  });

  test.each(['rung=1', 'busy', 'busy=2', 'busy=200%', '+234=rung', '+234'])('says what is wrong with %s', (text) => {
    expect(parseLife(text)).toMatchObject({
      kind: 'wrong',
      text: expect.stringContaining('endings are replied, answered'),
    });
    expect(parseLife(text)).toMatchObject({ text: expect.stringContaining('0% to 100% or 0 to 1') });
  });
});

/** Places one call and gives what the client sees of it. */
async function place(account: Clinic): Promise<unknown> {
  const id = account.snapshot().resources[0]?.id ?? (await account.workflow());
  return account.send('POST', '/call', { workflow_id: id, workflow_params: [patient(1)] });
}

describe('faults of placing', () => {
  test.each([
    ['lose-response', { kind: 'unanswered' }, 1, 'cut'],
    ['fail-after-placing', { kind: 'answered', status: 503 }, 1, 503],
    ['fail-before-placing', { kind: 'answered', status: 503 }, 0, 503],
    ['refuse', { kind: 'answered', status: 400, body: expect.stringContaining(phoneOf(1)) }, 0, 400],
    ['redirect', { kind: 'answered', status: 302, headers: { location: 'https://elsewhere.example/' } }, 1, 302],
    ['missing-entry', { kind: 'answered', status: 200, body: expect.stringMatching(/"data":\{\}/) }, 1, 200],
  ])('%s', async (faults, seen, calls, status) => {
    const account = clinic({ faults });
    const exchange = await place(account);
    expect(exchange).toMatchObject(seen);
    expect(account.snapshot().calls).toHaveLength(calls);
    const [request, fault] = account.log.toReversed();
    expect(request).toMatchObject({ kind: 'request', method: 'POST', path: '/voicebot/v1/call', status });
    expect(request?.['calls'] ?? []).toHaveLength(calls);
    if (faults !== 'missing-entry') expect(fault).toMatchObject({ kind: 'fault', fault: faults });
  });

  test('lost responses have no status', async () => {
    expect(await place(clinic({ faults: 'lose-response' }))).not.toHaveProperty('status');
  });

  test.each([
    ['throttle', { 'retry-after': '1' }],
    ['throttle-no-header', {}],
  ])('%s places nothing', async (faults, headers) => {
    const account = clinic();
    const id = await account.workflow();
    const throttled = clinic({ faults });
    const exchange = await throttled.ask('POST', '/call', { workflow_id: id, workflow_params: [patient(1)] });
    expect(exchange).toMatchObject({ status: 429, headers });
    expect('retry-after' in exchange.headers).toBe('retry-after' in headers);
    expect(throttled.snapshot().calls).toEqual([]);
  });

  test('strike by share, and again in the same way for the same seed', async () => {
    const run = async (seed: number): Promise<readonly unknown[]> => {
      const account = clinic({ seed, faults: 'lose-response=0.3' });
      const kinds: unknown[] = [];
      for (let n = 0; n < 200; n += 1) kinds.push(Object(await place(account)).kind);
      return kinds;
    };
    const first = await run(7);
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
    const lost = first.filter((kind) => kind === 'unanswered').length;
    expect(lost).toBeGreaterThan(40);
    expect(lost).toBeLessThan(80);
  });
});

describe('faults of any answer', () => {
  test('cut-body', async () => {
    expect(await clinic({ faults: 'cut-body' }).send('GET', '/workflows')).toMatchObject({
      kind: 'unanswered',
      status: 200,
    });
  });

  test('html', async () => {
    expect(await clinic({ faults: 'html' }).send('GET', '/workflows')).toMatchObject({
      kind: 'answered',
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: expect.stringMatching(/^<!doctype html>/),
    });
  });

  test('unauthorized', async () => {
    expect(await clinic({ faults: 'unauthorized' }).send('GET', '/workflows')).toMatchObject({ status: 401 });
  });

  test('slow: the work is done at once, the answer comes late', async () => {
    const account = clinic({ faults: 'slow=5s' });
    const before = await account.ask('GET', '/workflows');
    const after = await account.ask('GET', '/workflows');
    expect(before.headers['date']).toBe('Tue, 24 Nov 2026 09:00:05 GMT');
    expect(after.headers['date']).toBe('Tue, 24 Nov 2026 09:00:10 GMT');
    const giveUp = new AbortController();
    const exchange = account.send(
      'POST',
      '/workflows',
      { name: 'A', workflow_type: 'ROBOCALL', message: 'B' },
      giveUp.signal,
    );
    await account.pass(1_000);
    giveUp.abort(new Error('took too long'));
    expect(await exchange).toMatchObject({ kind: 'unanswered', cause: { message: 'took too long' } });
    expect(account.snapshot().resources).toHaveLength(1);
  });

  test('clock-skew: the server lives in another time', async () => {
    const account = clinic({ faults: 'clock-skew=-10m' });
    await place(account);
    expect((await account.ask('GET', '/workflows')).headers['date']).toBe('Tue, 24 Nov 2026 08:50:00 GMT');
    expect(account.snapshot().calls).toMatchObject([{ created_at: '2026-11-24T08:50:00Z' }]);
    expect(account.log.at(-1)).toMatchObject({ at: Date.UTC(2026, 10, 24, 9) });
  });

  test('extra-fields', async () => {
    const account = clinic({ faults: 'extra-fields' });
    expect(await account.data('GET', `/workflows/${await account.workflow()}`)).toHaveProperty('integrator');
  });

  test('an aborted request is unsent, and leaves no trace', async () => {
    const account = clinic();
    expect(await account.send('GET', '/workflows', undefined, AbortSignal.abort('drained'))).toEqual({
      kind: 'unsent',
      cause: 'drained',
    });
    expect(await account.send('GET', 'nowhere')).toMatchObject({ kind: 'unsent' });
    expect(account.log).toEqual([]);
  });
});

describe('faults of listings', () => {
  async function filled(faults: string, count = 25): Promise<{ readonly account: Clinic; readonly path: string }> {
    const account = clinic({ faults, callMs: 0 });
    const id = await account.workflow();
    await account.send('POST', '/call', { workflow_id: id, workflow_params: patients(count) });
    return { account, path: `/workflows/${id}` };
  }

  test('list-lag: calls and requests come to light late', async () => {
    const { account, path } = await filled('list-lag=2s');
    const totals = async (): Promise<readonly unknown[]> => [
      (await account.data('GET', `${path}/calls`))['total'],
      (await account.data('GET', `${path}/calls?phone_number=${encodeURIComponent(phoneOf(1))}`))['total'],
      (await account.data('GET', `${path}/requests`))['total'],
    ];
    expect(await totals()).toEqual([0, 0, 0]);
    await account.pass(1_999);
    expect(await totals()).toEqual([0, 0, 0]);
    await account.pass(1);
    const id = path.slice('/workflows/'.length);
    await account.send('POST', '/call', { workflow_id: id, workflow_params: patients(1) });
    expect(await totals()).toEqual([25, 1, 1]);
  });

  test.each([
    ['no-echo', {}, { phone_number: phoneOf(1) }],
    ['echo-requests-only', {}, patient(1)],
  ])('%s', async (faults, tags, params) => {
    const { account, path } = await filled(faults, 1);
    expect(itemsOf(await account.data('GET', `${path}/calls`))).toMatchObject([{ phone_number: phoneOf(1) }]);
    expect(itemsOf(await account.data('GET', `${path}/calls`))[0]?.['user_tag_identifiers']).toEqual(tags);
    const [request] = itemsOf(await account.data('GET', `${path}/requests`));
    expect(request).toMatchObject({ input_parameters: { workflow_params: [params] } });
    expect(Object(request?.['input_parameters']).workflow_params).toEqual([params]);
  });

  test('unknown-status', async () => {
    const { account, path } = await filled('unknown-status', 1);
    expect(itemsOf(await account.data('GET', `${path}/calls`))).toMatchObject([{ status: 'ESCALATED' }]);
  });

  test('duplicate-items: a page begins with the end of the one before, and none is lost', async () => {
    const { account, path } = await filled('duplicate-items');
    const ids: unknown[] = [];
    for (const page of [1, 2, 3, 4]) {
      ids.push(...itemsOf(await account.data('GET', `${path}/calls?page=${String(page)}`)).map(({ id }) => id));
    }
    expect(ids).toHaveLength(27);
    expect(new Set(ids).size).toBe(25);
  });

  test('page-cap: pages are smaller than asked for', async () => {
    const { account, path } = await filled('page-cap=10');
    const page = await account.data('GET', `${path}/calls?per_page=100&page=3`);
    expect(page).toMatchObject({ total: 25, per_page: 10 });
    expect(itemsOf(page)).toHaveLength(5);
  });

  test('total-off', async () => {
    const { account, path } = await filled('total-off');
    expect(await account.data('GET', `${path}/calls`)).toMatchObject({ total: 26 });
  });
});

describe('the request log', () => {
  test('has every call that was placed, with what was sent', async () => {
    const account = clinic();
    const workflow_id = await account.workflow();
    const { batch_id } = await account.data('POST', '/call', { workflow_id, workflow_params: patients(2) });
    await account.pass(1_000);
    await account.send('GET', `/workflows/${workflow_id}/calls?page=1`);
    expect(account.log).toEqual([
      { at: Date.UTC(2026, 10, 24, 9), kind: 'request', method: 'POST', path: '/voicebot/v1/workflows', status: 200 },
      {
        at: Date.UTC(2026, 10, 24, 9),
        kind: 'request',
        method: 'POST',
        path: '/voicebot/v1/call',
        status: 200,
        calls: [1, 2].map((n) => ({
          phone: phoneOf(n),
          call_id: account.snapshot().calls[n - 1]?.['id'],
          batch_id,
          tags: { callplan_ref: `cp1.e.r${String(n)}.1` },
          variables: { name: 'Amaka', date: '24 November' },
        })),
      },
      {
        at: Date.UTC(2026, 10, 24, 9, 0, 1),
        kind: 'request',
        method: 'GET',
        path: `/voicebot/v1/workflows/${workflow_id}/calls?page=1`,
        status: 200,
      },
    ]);
  });
});
