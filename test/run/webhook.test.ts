/** What the provider's events are taken for: hints, from whoever knows the path. */
import { describe, expect, test } from 'vitest';
import type { Handle } from '../../src/model/attempt.ts';
import type { Http, Serve } from '../../src/ports.ts';
import { Heard } from '../../src/run/heard.ts';
import { openWebhook, webhookPath } from '../../src/run/webhook.ts';

const path = webhookPath('made-up', 'clinic-reminders/prod');

/** A server without a socket: its options, and the handler that it was given. */
function served(): { readonly serve: Serve; readonly last: () => { handler: Http; options: Parameters<Serve>[1] } } {
  const calls: { handler: Http; options: Parameters<Serve>[1] }[] = [];
  return {
    serve: (handler, options) => {
      calls.push({ handler, options });
      return Promise.resolve({ port: 8787, url: 'http://127.0.0.1:8787', close: () => Promise.resolve() });
    },
    last: () => {
      const [call] = calls;
      if (call === undefined) throw new Error('nothing is served');
      return call;
    },
  };
}

function callIn(body: unknown): Handle | undefined {
  const { call_id: callId } = body as { readonly call_id?: string };
  return callId === undefined ? undefined : { callId };
}

async function heardOf(method: string, body?: string): Promise<Heard & { readonly status: number }> {
  const { serve, last } = served();
  const { heard } = await openWebhook({ host: '127.0.0.1', port: 8787, path, about: callIn }, serve);
  const request = { method, url: `http://127.0.0.1:8787/${path}`, headers: {} };
  const answer = await last().handler(
    body === undefined ? request : { ...request, body },
    new AbortController().signal,
  );
  return Object.assign(heard, { status: answer.kind === 'answered' ? answer.status : 0 });
}

describe('the path of an address', () => {
  test('is the same every time, and another for another address or key', () => {
    expect(path).toBe(webhookPath('made-up', 'clinic-reminders/prod'));
    expect(path).toMatch(/^[\da-f]{32}$/);
    const others = [webhookPath('made-up', 'clinic-reminders/staging'), webhookPath('other', 'clinic-reminders/prod')];
    expect(new Set([path, ...others]).size).toBe(3);
  });

  test('is reached below the public URL, if there is one', async () => {
    const { serve } = served();
    const options = { host: '127.0.0.1', port: 8787, path, about: callIn };
    expect((await openWebhook(options, serve)).url).toBe(`http://127.0.0.1:8787/${path}`);
    const base = 'https://hooks.clinic.example/calls/';
    expect((await openWebhook({ ...options, base }, serve)).url).toBe(`https://hooks.clinic.example/calls/${path}`);
  });

  test.each([
    ['POST', `/${path}`, true],
    ['GET', `/${path}?event=ended`, true],
    ['HEAD', `/calls/${path}`, true],
    ['PUT', `/${path}`, false],
    ['POST', '/', false],
    ['POST', `/${path}/`, false],
    ['POST', `/${path.slice(1)}`, false],
    ['POST', `/?${path}`, false],
    ['POST', `/${path.toUpperCase()}`, false],
    ['POST', '', false],
  ])('%s %s: may ask is %s', async (method, target, isIt) => {
    const { serve, last } = served();
    await openWebhook({ host: '127.0.0.1', port: 8787, path, about: callIn }, serve);
    expect(last().options.strangers?.mayAsk(method, target)).toBe(isIt);
  });
});

describe('an event', () => {
  const callId = 'c1';

  test.each([
    ['names its call', 'POST', '{"call_id":"c1"}', { named: [{ callId }], isUnnamed: false }],
    ['does not say what it is about', 'POST', '{"type":"speech"}', { named: [], isUnnamed: true }],
    ['is no JSON', 'POST', 'call_id=c1', { named: [], isUnnamed: true }],
    ['is of a shape that makes its reading fail', 'POST', 'null', { named: [], isUnnamed: true }],
    ['has no body', 'GET', undefined, { named: [], isUnnamed: true }],
    ['only asks whether somebody is there', 'HEAD', undefined, { named: [], isUnnamed: false }],
    ['has an id that is too long', 'POST', `{"call_id":"${'9'.repeat(101)}"}`, { named: [], isUnnamed: false }],
  ])('that %s is answered 200 all the same', async (_what, method, body, news) => {
    const heard = await heardOf(method, body);
    expect(heard.status).toBe(200);
    expect(heard.take()).toEqual(news);
    expect(heard.isEmpty).toBe(true);
  });

  test('is news once, however often it comes', () => {
    const heard = new Heard();
    let told = 0;
    const stop = heard.onNews(() => {
      told += 1;
    });
    for (let n = 0; n < 5_000; n += 1) heard.hear({ callId });
    heard.hear({ batchId: 'b' });
    heard.hear(undefined);
    expect(told).toBe(1);
    expect(heard.take()).toEqual({ named: [{ callId }, { batchId: 'b' }], isUnnamed: true });
    heard.hear(undefined);
    expect(told).toBe(2);
    heard.take();
    stop();
    heard.hear(undefined);
    expect(told).toBe(2);
  });

  test('is heard by another wave of the address as well, whichever takes it first', () => {
    const heard = new Heard();
    const other = heard.branch();
    heard.hear({ callId });
    expect(heard.take().named).toEqual([{ callId }]);
    expect(other.take().named).toEqual([{ callId }]);
    heard.keep({ callId });
    expect(other.isEmpty).toBe(true);
  });

  test('is forgotten where a thousand others wait', () => {
    const heard = new Heard();
    for (let n = 0; n < 5_000; n += 1) heard.hear({ callId: String(n) });
    expect(heard.take().named).toHaveLength(1_000);
  });
});
