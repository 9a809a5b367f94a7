import { describe, expect, test } from 'vitest';
import { InternalError } from '../../src/model/internal-error.ts';
import { UnexpectedAnswer } from '../../src/providers/contract.ts';
import { RemoteError, type RemoteErrorKind } from '../../src/remote/remote-error.ts';
import type { Exchange } from '../../src/ports.ts';
import { systemClock } from '../../src/system/clock.ts';
import {
  answered,
  baseUrl,
  credential,
  lineOf,
  lineTo,
  now,
  placed,
  read,
  reminder,
  startMs,
  unanswered,
  unsent,
  write,
} from './clinic.ts';

const fine = answered(200, { id: 'wf_1' });
const { request, answer } = reminder();

async function errorOf(work: Promise<unknown>): Promise<RemoteError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof RemoteError) return error;
  throw new Error('no RemoteError', { cause: error });
}

describe('a request', () => {
  test('carries the credential, and a body only if it has one', async () => {
    const { remote, sent } = lineOf([fine]);
    await remote.perform(read, 'wf_1');
    await remote.perform(write, 'wf_1');
    const headers = { accept: 'application/json', authorization: `Bearer ${credential}` };
    expect(sent).toEqual([
      { method: 'GET', url: `${baseUrl}/workflows/wf_1`, headers },
      {
        method: 'PUT',
        url: `${baseUrl}/workflows/wf_1`,
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{"name":"Clinic reminder"}',
      },
    ]);
  });

  test('gets its secrets in the last moment', async () => {
    const { remote, sent } = lineOf([fine], { secrets: new Map([['${env.HOOK}', 's3cret']]) });
    const body = { hooks: [{ token: { $secret: '${env.HOOK}' } }], on: true, none: null };
    await remote.send({ method: 'POST', url: `${baseUrl}/workflows`, body }, () => undefined);
    expect(sent[0]?.body).toBe('{"hooks":[{"token":"s3cret"}],"on":true,"none":null}');
  });

  test.each([
    ['a secret without a value', { token: { $secret: '${env.HOOK}' } }],
    ['a text that was not printed', { message: { $text: ['Hello'] } }],
  ])('with %s does not go out', async (_name, body) => {
    const { remote, sent } = lineOf([fine]);
    await expect(remote.send({ method: 'POST', url: baseUrl, body }, () => undefined)).rejects.toThrow(InternalError);
    expect(sent).toEqual([]);
  });

  test('to another origin does not go out, and neither does a call', async () => {
    const { remote, sent } = lineOf([fine]);
    const elsewhere = { ...request, url: 'https://evil.example.test/call' };
    await expect(remote.send(elsewhere, () => undefined)).rejects.toThrow(InternalError);
    await expect(remote.place(elsewhere, answer, now)).rejects.toThrow(InternalError);
    expect(sent).toEqual([]);
  });

  test('that writes does not go out where only reading is allowed, and neither does a call', async () => {
    const { remote, sent } = lineOf([fine], { access: 'read' });
    await expect(remote.perform(write, 'wf_1')).rejects.toThrow(InternalError);
    await expect(remote.place(request, answer, now)).rejects.toThrow(InternalError);
    expect(sent).toEqual([]);
    expect(await remote.perform(read, 'wf_1')).toEqual({ id: 'wf_1' });
  });
});

describe('a read', () => {
  test.each([
    ['429', answered(429)],
    ['408', answered(408)],
    ['500', answered(500)],
    ['503', answered(503)],
    ['a broken connection', unanswered],
    ['no connection', unsent],
    ['200 with HTML', answered(200, '<html>')],
    ['200 with half of it', answered(200, '{"id":')],
  ])('is repeated after %s', async (_name, got) => {
    const { remote, sent } = lineOf([got, got, got, fine]);
    expect(await remote.perform(read, 'wf_1')).toEqual({ id: 'wf_1' });
    expect(sent).toHaveLength(4);
  });

  test('is given up after four tries, each after a longer wait', async () => {
    const { remote, sent, clock } = lineOf([answered(503, { message: 'busy' })]);
    const error = await errorOf(remote.perform(read, 'wf_1'));
    expect(error).toMatchObject({ kind: 'unavailable', status: 503 });
    expect(error.message).toBe('GET /v1/workflows/wf_1 answered 503: busy');
    expect(sent).toHaveLength(4);
    expect(clock.monotonic()).toBeGreaterThan((500 + 1_000 + 2_000) * 0.75);
    expect(clock.monotonic()).toBeLessThan((500 + 1_000 + 2_000) * 1.25);
  });

  test('that is never answered with JSON is a protocol error', async () => {
    const { remote, sent } = lineOf([answered(200, '<html>')]);
    const error = await errorOf(remote.perform(read, 'wf_1'));
    expect(error).toMatchObject({ kind: 'protocol', status: 200 });
    expect(error.message).toBe('GET /v1/workflows/wf_1 answered 200 with something that is not JSON');
    expect(sent).toHaveLength(4);
  });

  test('waits as long as it is asked to', async () => {
    const { remote, clock } = lineOf([answered(429, '', { 'retry-after': '20' }), fine]);
    await remote.perform(read, 'wf_1');
    expect(clock.monotonic()).toBe(20_000);
  });

  test('does not wait for longer than 20 seconds: the poll comes again', async () => {
    const { remote, sent } = lineOf([answered(429, '', { 'retry-after': '21' }), fine]);
    expect(await errorOf(remote.perform(read, 'wf_1'))).toMatchObject({ kind: 'rate_limited' });
    expect(sent).toHaveLength(1);
  });

  test('is not repeated once it was given up', async () => {
    const leave = new AbortController();
    const { remote, sent } = lineTo((_request, signal, index) => {
      if (index === 0) leave.abort();
      return Promise.resolve(signal.aborted ? unsent : answered(503));
    });
    expect(await errorOf(remote.perform(read, 'wf_1', leave.signal))).toMatchObject({ kind: 'unavailable' });
    expect(sent).toHaveLength(1);
  });

  test('stops waiting when it is given up', async () => {
    const leave = new AbortController();
    const { remote, clock } = lineTo((_request, signal) => Promise.resolve(signal.aborted ? unsent : answered(503)));
    const error = errorOf(remote.perform(read, 'wf_1', leave.signal));
    await clock.sleep(1);
    leave.abort();
    await error;
    expect(clock.monotonic()).toBe(1);
  });

  const once: readonly (readonly [string, Exchange, RemoteErrorKind])[] = [
    ['400', answered(400), 'rejected'],
    ['401', answered(401), 'unauthorized'],
    ['402', answered(402), 'unauthorized'],
    ['403', answered(403), 'unauthorized'],
    ['404', answered(404), 'not_found'],
    ['410', answered(410), 'not_found'],
    ['409', answered(409), 'conflict'],
    ['302', answered(302), 'protocol'],
  ];

  test.each(once)('is not repeated after %s', async (_name, got, kind) => {
    const { remote, sent } = lineOf([got, fine]);
    expect(await errorOf(remote.perform(read, 'wf_1'))).toMatchObject({ kind });
    expect(sent).toHaveLength(1);
  });

  test('of an unexpected shape is a protocol error that says the shape', async () => {
    const { remote } = lineOf([fine]);
    const strict = () => {
      throw new UnexpectedAnswer('a list', 'an object with id');
    };
    const error = await errorOf(remote.send(read.request('wf_1'), strict));
    expect(error.kind).toBe('protocol');
    expect(error.message).toBe('GET /v1/workflows/wf_1: expected a list, found an object with id');
  });

  test('that says in an answer 200 what is wrong is told with its words', async () => {
    const refusing = answered(200, { status: 'error', message: `workflow of ${credential} is not active` });
    const strict = () => {
      throw new UnexpectedAnswer('status Ok', 'a string');
    };
    const words = 'expected status Ok, found a string, and "workflow of *** is not active"';
    const error = await errorOf(lineOf([refusing]).remote.send(read.request('wf_1'), strict));
    expect(error.message).toBe(`GET /v1/workflows/wf_1: ${words}`);
    const { verdict } = await lineOf([refusing]).remote.place(request, strict, now);
    expect(verdict).toEqual({ kind: 'in_doubt', reason: words });
  });

  test('that finds a bug of ours does not hide it', async () => {
    const broken = () => {
      throw new TypeError('bug');
    };
    await expect(lineOf([fine]).remote.send(read.request('wf_1'), broken)).rejects.toThrow(TypeError);
    await expect(lineOf([fine]).remote.place(request, broken, now)).rejects.toThrow(TypeError);
  });
});

describe('a write', () => {
  test.each([
    ['429', answered(429)],
    ['no connection', unsent],
  ])('is repeated after %s, as it certainly did nothing', async (_name, got) => {
    const { remote, sent } = lineOf([got, fine]);
    await remote.perform(write, 'wf_1');
    expect(sent).toHaveLength(2);
  });

  test.each([
    ['408', answered(408)],
    ['500', answered(500)],
    ['503', answered(503)],
    ['302', answered(302)],
    ['a broken connection', unanswered],
    ['200 with HTML', answered(200, '<html>')],
  ])('is not repeated after %s, and its effect is unknown', async (_name, got) => {
    const { remote, sent } = lineOf([got, fine]);
    expect(await errorOf(remote.perform(write, 'wf_1'))).toMatchObject({ kind: 'unknown_effect' });
    expect(sent).toHaveLength(1);
  });

  test('may be answered with nothing, if its operation says so', async () => {
    const { remote } = lineOf([answered(204)]);
    const remove = { request: () => ({ method: 'DELETE', url: `${baseUrl}/workflows/wf_1` }) as const };
    const seen: unknown[] = [];
    await remote.perform({ ...remove, answer: (body) => void seen.push(body) }, 'wf_1');
    expect(seen).toEqual([undefined]);
    const wanted = () => {
      throw new UnexpectedAnswer('a workflow', 'nothing');
    };
    expect(await errorOf(remote.perform({ ...remove, answer: wanted }, 'wf_1'))).toMatchObject({
      kind: 'unknown_effect',
    });
  });
});

describe('messages', () => {
  test('show neither a credential nor a secret, nor a number', async () => {
    const words = { message: `key ${credential} and S3CRET are bad for +2348030000001` };
    const { remote } = lineOf([answered(400, words)], { secrets: new Map([['${env.HOOK}', 's3cret']]) });
    const error = await errorOf(remote.perform(read, 'wf_1'));
    expect(error.message).toBe('GET /v1/workflows/wf_1 answered 400: key *** and *** are bad for ***');
  });

  test('show neither a query nor a number in the path', async () => {
    const { remote } = lineOf([unsent]);
    const url = `${baseUrl}/calls/%2B2348030000001/08030000001?phone_number=%2B2348030000001`;
    const error = await errorOf(remote.send({ method: 'GET', url }, () => undefined));
    expect(error.message).toBe('GET /v1/calls/***/***: could not connect');
  });

  test('keep the cause', async () => {
    const error = await errorOf(lineOf([unsent]).remote.perform(read, 'wf_1'));
    expect(error.cause).toBe(unsent.kind === 'unsent' ? unsent.cause : undefined);
  });
});

describe('a placing request', () => {
  test('is answered with what its codec reads', async () => {
    const { remote, sent } = lineOf([placed]);
    expect(await remote.place(request, answer, now)).toEqual({
      verdict: { kind: 'answered' },
      answer: [{ batchId: 'b1' }],
    });
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['no connection', unsent, 'unsent'],
    ['a broken connection', unanswered, 'in_doubt'],
    ['503', answered(503), 'in_doubt'],
    ['429', answered(429), 'throttled'],
    ['400', answered(400), 'refused'],
    ['302', answered(302), 'stop'],
  ] as const)('is never repeated: %s', async (_name, got, kind) => {
    const { remote, sent } = lineOf([got, placed]);
    expect((await remote.place(request, answer, now)).verdict.kind).toBe(kind);
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['an envelope that says error', { status: 'error', message: 'no' }],
    ['a list', []],
    ['a word', 'queued'],
    ['a number', 7],
    ['false', false],
  ])('is in doubt where its answer is %s', async (_name, body) => {
    const { remote } = lineOf([answered(200, JSON.stringify(body))]);
    expect((await remote.place(request, answer, now)).verdict).toMatchObject({ kind: 'in_doubt' });
  });

  test('without a usable id is answered, with no handle', async () => {
    const { remote } = lineOf([answered(200, { status: 'Ok', data: { batch_id: '' } })]);
    expect(await remote.place(request, answer, now)).toEqual({ verdict: { kind: 'answered' }, answer: [undefined] });
  });

  test('that was held back too long is not sent', async () => {
    const { remote, sent } = lineOf([placed]);
    expect(await remote.place(request, answer, { ...now, maySend: () => false })).toEqual({
      verdict: { kind: 'unsent', reason: 'held back too long' },
    });
    expect(sent).toEqual([]);
  });

  test('that grew old while it connected is not sent', async () => {
    let may = true;
    const { remote } = lineTo((asked) => {
      may = false;
      return Promise.resolve(asked.maySend?.() === false ? { kind: 'unsent', cause: new Error('kept') } : placed);
    });
    expect(await remote.place(request, answer, { ...now, maySend: () => may })).toEqual({
      verdict: { kind: 'unsent', reason: 'held back too long' },
    });
  });

  test('is refused in words that name nobody', async () => {
    const words = { message: 'AMAKA OKONKWO (0803 000 0001) is no customer, says key-1f6b' };
    const { remote } = lineOf([answered(422, words)]);
    expect((await remote.place(request, answer, now)).verdict).toEqual({
      kind: 'refused',
      reason: 'HTTP 422: *** (***) is no customer, says ***',
    });
  });

  test('is given up after 30 seconds, and is in doubt then', async () => {
    const { remote, clock } = lineTo(
      (_request, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve({ kind: 'unanswered', cause: signal.reason }));
        }),
    );
    expect((await remote.place(request, answer, now)).verdict.kind).toBe('in_doubt');
    expect(clock.monotonic()).toBe(30_000);
  });

  test('is given up when the person leaves', async () => {
    const leave = new AbortController();
    const { remote } = lineTo((_request, signal) => {
      leave.abort();
      return Promise.resolve(signal.aborted ? unanswered : placed);
    });
    expect((await remote.place(request, answer, { ...now, signal: leave.signal })).verdict.kind).toBe('in_doubt');
  });

  test('does not leave once the person has left', async () => {
    const { remote } = lineTo((_request, signal) => Promise.resolve(signal.aborted ? unsent : placed));
    const { verdict } = await remote.place(request, answer, { ...now, signal: AbortSignal.abort() });
    expect(verdict.kind).toBe('unsent');
  });
});

describe('the clock of the provider', () => {
  test('is unknown before any answer, and where an answer has no date', async () => {
    const { remote } = lineOf([fine, answered(200, {}, { date: 'today' })]);
    await remote.perform(read, 'wf_1');
    await remote.perform(read, 'wf_1');
    expect(remote.clockSkewMs()).toBeUndefined();
  });

  test('is read off the newest answer, also of a placing request that was refused', async () => {
    const ahead = new Date(startMs + 600_000).toUTCString();
    const { remote } = lineOf([
      answered(200, {}, { date: new Date(startMs).toUTCString() }),
      answered(400, '', { date: ahead }),
    ]);
    await remote.perform(read, 'wf_1');
    expect(remote.clockSkewMs()).toBe(0);
    await remote.place(request, answer, now);
    expect(remote.clockSkewMs()).toBe(600_000);
  });
});

test('leaves no timer behind', async () => {
  const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const clock = { ...systemClock, busy: <T>(work: Promise<T>) => work };
  await lineOf([placed], { clock }).remote.place(request, answer, now);
  expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout')).toHaveLength(before);
});
