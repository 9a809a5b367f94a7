import { describe, expect, test } from 'vitest';
import { InternalError } from '../../src/model/internal-error.ts';
import type { Exchange, Http, WireRequest } from '../../src/ports.ts';
import { KeptBack, onlyOrigins, readOnly, writesWhile } from '../../src/remote/guard.ts';
import { answered } from './clinic.ts';

const { signal } = new AbortController();

/** Passes on what it gets and remembers it. */
function recorder(): { readonly http: Http; readonly sent: readonly WireRequest[] } {
  const sent: WireRequest[] = [];
  return { http: (one) => Promise.resolve(answered(sent.push(one) && 200)), sent };
}

function request(url: string, method = 'GET'): WireRequest {
  return { method, url, headers: { authorization: 'Bearer key' } };
}

describe('the read-only guard', () => {
  test.each(['GET', 'HEAD'])('lets %s through', async (method) => {
    const { http, sent } = recorder();
    await readOnly(http)(request('https://voicebot.example.test/', method), signal);
    expect(sent).toHaveLength(1);
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'get', ''])('refuses %j, and nothing goes out', (method) => {
    const { http, sent } = recorder();
    expect(() => readOnly(http)(request('https://voicebot.example.test/', method), signal)).toThrow(InternalError);
    expect(sent).toEqual([]);
  });
});

describe('the guard of a lease', () => {
  const renew = (): Promise<void> => Promise.resolve();

  test('asks for each write in the moment in which it would leave, and lets reads through', async () => {
    const { http, sent } = recorder();
    let isHeld = true;
    const guarded = writesWhile(http, { mayWrite: () => isHeld, renew });
    await guarded(request('https://voicebot.example.test/workflow', 'POST'), signal);
    await guarded({ ...request('https://voicebot.example.test/call', 'POST'), maySend: () => false }, signal);
    await guarded(request('https://voicebot.example.test/calls'), signal);
    expect(sent.map((one) => one.maySend?.())).toEqual([true, false, undefined]);
    isHeld = false;
    expect(sent.map((one) => one.maySend?.())).toEqual([false, false, undefined]);
  });

  test('asks anew before it keeps a write', async () => {
    const { http, sent } = recorder();
    let isHeld = false;
    const guarded = writesWhile(http, {
      mayWrite: () => isHeld,
      renew: () => Promise.resolve((isHeld = true)),
    });
    await guarded(request('https://voicebot.example.test/workflow', 'POST'), signal);
    expect(sent.map(({ maySend }) => maySend?.())).toEqual([true]);
  });

  test('says that it kept a write, and not that nobody was there', async () => {
    const unsent: Exchange = { kind: 'unsent', cause: new Error('connect ECONNREFUSED') };
    let isHeld = true;
    const guarded = writesWhile(() => Promise.resolve(unsent), { mayWrite: () => isHeld, renew });
    const write = request('https://voicebot.example.test/workflow', 'POST');
    expect(await guarded(write, signal)).toEqual(unsent);
    isHeld = false;
    expect(await guarded(write, signal)).toEqual({ kind: 'unsent', cause: new KeptBack() });
  });
});

describe('the host guard', () => {
  const origins = ['https://voicebot.example.test', 'http://127.0.0.1:4000', 'http://proxy.example.test'];

  test.each([
    'https://voicebot.example.test/v1/call',
    'https://VOICEBOT.example.test:443/v1/call',
    'http://127.0.0.1:4000/call',
    'http://127.1:4000/call',
  ])('lets %s through', async (url) => {
    const { http, sent } = recorder();
    await onlyOrigins(http, origins)(request(url), signal);
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['another host', 'https://evil.example.test/'],
    ['another port', 'https://voicebot.example.test:8443/'],
    ['another scheme', 'http://voicebot.example.test/'],
    ['a host that begins alike', 'https://voicebot.example.test.evil.test/'],
    ['a host behind a name', 'https://voicebot.example.test@evil.test/'],
    ['a loopback port that is not named', 'http://127.0.0.1:4001/'],
    ['a file', 'file:///etc/passwd'],
    ['plain http to a host that is named', 'http://proxy.example.test/'],
  ])('refuses %s, and no credential goes out, whatever went before', async (_name, url) => {
    const { http, sent } = recorder();
    const guarded = onlyOrigins(http, origins);
    expect(() => guarded(request(url), signal)).toThrow(InternalError);
    for (const origin of origins.slice(0, 2)) await guarded(request(`${origin}/v1`), signal);
    expect(() => guarded(request(url), signal)).toThrow(InternalError);
    expect(sent).toHaveLength(2);
  });

  test('knows an origin however it is written', async () => {
    const { http, sent } = recorder();
    await onlyOrigins(http, ['https://Voicebot.example.test:443/'])(
      request('https://voicebot.example.test/v1'),
      signal,
    );
    expect(sent).toHaveLength(1);
  });

  test('does not tell a credential in its message', () => {
    const { http } = recorder();
    expect(() => onlyOrigins(http, origins)(request('https://key:secret@evil.test/?api_key=secret'), signal)).toThrow(
      /^a request to https:\/\/evil\.test is not allowed$/,
    );
  });
});
