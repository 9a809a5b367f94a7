/** The evidence table of design 6.2, row by row, through the whole command and over real sockets. */
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { answered, isCreating, isListing } from '../crash/provider.ts';
import { accepted, fastClock, people, scene, states, type Scene, type Script } from './scene.ts';

vi.setConfig({ maxConcurrency: 10, testTimeout: 60_000 });

/** Evidence of the attempts of the recipient that was dialled first. */
function evidence({ campaign }: Scene): readonly string[] {
  return campaign.results()[0]?.attempts[0]?.evidence ?? [];
}

const done = { done: people };

/** Answers that say nothing of what became of the request: it is looked up, and only what is not there is sent again. */
const doubtful: Readonly<Record<string, Script>> = {
  'a reset after the request': ({ reset }) => reset(),
  'an end after the request': ({ socket }) => void socket.end(),
  'a cut body': ({ socket }) =>
    void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{"status":"success","data":{"ba'),
  'a 2xx without an id': ({ answer }) => answer(200, '{"status":"success","message":"","data":{}}'),
  'a 2xx with an empty body': ({ answer }) => answer(201, ''),
  'a 2xx of another shape': ({ answer }) => answer(202, '{"queued":true}'),
  'a page of HTML with 200': ({ answer }) =>
    answer(200, '<!doctype html><title>Hello</title>', { 'content-type': 'text/html' }),
  ...Object.fromEntries(
    [408, 409, 418, 500, 502, 503, 504, 600].map(
      (status) =>
        [
          `status ${String(status)}`,
          ({ answer }) => answer(status, '{"message":"no"}', { 'retry-after': '1' }),
        ] satisfies [string, Script],
    ),
  ),
  'no answer until time is up': () => undefined,
};

describe.concurrent.for(Object.entries(doubtful))('%s leaves the call in doubt', ([, broken]) => {
  test('where it was placed it is found, and not placed again', async () => {
    const placed: Script = async (placing) => {
      await placing.place();
      await broken(placing);
    };
    await using it = await scene({ script: [placed, accepted] });
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(it.intron.dials()).toHaveLength(people);
    expect(it.placings()).toBe(people);
    expect(states(it)).toEqual(done);
    expect(evidence(it)).toEqual(['intended', 'doubted', 'seen', 'ended']);
  });

  test('where it was not, it is placed after two listings', async () => {
    await using it = await scene({ script: [broken, accepted] });
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(it.intron.dials()).toHaveLength(people);
    expect(it.placings()).toBe(people + 1);
    expect(states(it)).toEqual(done);
    expect(evidence(it).slice(0, 5)).toEqual(['intended', 'doubted', 'not_seen', 'voided', 'intended']);
  });
});

describe.concurrent('a look-up that is answered', () => {
  test.for([
    [401, 8],
    [403, 8],
    [404, 7],
  ] as const)('%i leaves the call unresolved, and the run ends with %i', async ([status, code]) => {
    const placed: Script = async ({ place, reset }) => {
      await place();
      it.intron.instead((request) => (isListing(request) ? answered(status) : undefined));
      reset();
    };
    await using it = await scene({ script: [placed], campaign: { recipients: 1 } });
    expect(await it.run()).toMatchObject({ code });
    expect(states(it)).toEqual({ unresolved: 1 });
    it.intron.instead(() => undefined);
    expect(await it.run()).toMatchObject({ code: 7 });
    expect(it.placings()).toBe(1);
  });

  test('503 for a while is asked again', async () => {
    const placed: Script = async ({ place, reset }) => {
      await place();
      let left = 9;
      it.intron.instead((request) => {
        left -= isListing(request) ? 1 : 0;
        return isListing(request) && left > 0 ? answered(503) : undefined;
      });
      reset();
    };
    await using it = await scene({ script: [placed, accepted] });
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(states(it)).toEqual(done);
    expect(it.placings()).toBe(people);
  });
});

describe.concurrent('a create', () => {
  test.for(['before', 'after'] as const)('whose answer is lost %s it happened happens once', async (when) => {
    await using it = await scene();
    it.intron.once(when, isCreating, () => 'drop');
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(it.intron.snapshot().resources).toHaveLength(1);
    expect(states(it)).toEqual(done);
  });
});

describe.concurrent('certainly not sent', () => {
  test('a refused connection voids the attempt, which is made later under the same number', async () => {
    await using it = await scene();
    await it.close();
    expect(await it.run(['--apply', '--approve', '3', '--max-duration', '20s'])).toMatchObject({ code: 10 });
    expect(it.intron.dials()).toHaveLength(0);
    expect(states(it)).toEqual({ pending: people });
    await it.open();
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(it.intron.dials().map(({ n }) => n)).toEqual([1, 1, 1]);
    expect(it.campaign.results()[0]?.attempts).toHaveLength(1);
    expect(evidence(it).slice(0, 3)).toEqual(['intended', 'voided', 'intended']);
    expect(evidence(it).slice(-2)).toEqual(['accepted', 'ended']);
  });

  test('a reset before the headers, as of a TLS handshake, does too', async () => {
    let heard = '';
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (bytes) => {
        heard += bytes.toString('latin1');
        socket.resetAndDestroy();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await using it = await scene({ campaign: { callUrl: `https://127.0.0.1:${String(port)}/call` } });
    expect(await it.run(['--apply', '--approve', '3', '--max-duration', '20s'])).toMatchObject({ code: 10 });
    server.close();
    expect(states(it)).toEqual({ pending: people });
    expect(evidence(it).slice(0, 2)).toEqual(['intended', 'voided']);
    expect(heard).not.toContain('Bearer');
  });
});

describe.concurrent('an answer that stops the run', () => {
  test.for([
    [401, 8],
    [402, 8],
    [403, 8],
    [404, 4],
    [405, 4],
    [410, 4],
    [415, 4],
  ] as const)('%i voids the attempt, and the run ends with %i', async ([status, code]) => {
    const says = JSON.stringify({ message: `no such thing for +2348030000001 of Adaeze-Nwosu with made-up-key-1f0c` });
    await using it = await scene({ script: [({ answer }) => answer(status, says), accepted] });
    const ran = await it.run();
    expect(ran).toMatchObject({ code });
    expect(ran.stdout + ran.stderr).toContain(`HTTP ${String(status)}`);
    expect(it.placings()).toBe(1);
    expect(states(it)).toEqual({ pending: people });
    expect(evidence(it)).toEqual(['intended', 'voided']);
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(it.intron.dials()).toHaveLength(people);
    expect(it.placings()).toBe(people + 1);
  });

  test.for([300, 301, 302, 303, 304, 307, 308])(
    '%i is not followed and leaves the call in doubt: 4',
    async (status) => {
      const elsewhere: string[] = [];
      const other = createHttpServer((request, response) => {
        elsewhere.push(`${String(request.method)} ${JSON.stringify(request.headers)}`);
        response.end('{}');
      });
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      const { port } = other.address() as AddressInfo;
      const location = `http://127.0.0.1:${String(port)}/call`;
      const redirect: Script = async ({ answer, place }) => {
        await place();
        answer(status, '', { location });
      };
      await using it = await scene({ script: [redirect, accepted] });
      const ran = await it.run();
      expect(ran).toMatchObject({ code: 4 });
      expect(it.placings()).toBe(1);
      expect(states(it)).toEqual({ in_doubt: 1, pending: people - 1 });
      expect(await it.run()).toMatchObject({ code: 0 });
      expect(it.intron.dials()).toHaveLength(people);
      expect(elsewhere).toEqual([]);
      other.close();
    },
  );
});

describe.concurrent('a refusal', () => {
  /** Quotes all that it was sent, as some services do. */
  const refuse =
    (status: number): Script =>
    ({ answer, body }) =>
      answer(status, JSON.stringify({ message: `cannot call ${body} with Bearer made-up-key-1f0c` }));

  test.for([400, 413, 422])('%i of one recipient is final, and the others are called', async (status) => {
    await using it = await scene({ script: [refuse(status), accepted] });
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(states(it)).toEqual({ rejected: 1, done: people - 1 });
    expect(it.placings()).toBe(people);
    expect(it.campaign.results()[0]?.reason).toContain(`HTTP ${String(status)}`);
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(it.placings()).toBe(people);
  });

  test.for([400, 413, 422])(
    '%i of a batch is looked up once, and its recipients are sent one by one',
    async (status) => {
      const third: Script = (placing) => (placing.nth === 3 ? refuse(status)(placing) : accepted(placing));
      await using it = await scene({ script: [refuse(status), third], campaign: { batchSize: 3, concurrency: 3 } });
      expect(await it.run()).toMatchObject({ code: 0 });
      expect(it.placings()).toBe(1 + people);
      expect(states(it)).toEqual({ rejected: 1, done: people - 1 });
      expect(it.intron.dials()).toHaveLength(people - 1);
      for (const { attempts } of it.campaign.results()) {
        expect(attempts[0]?.evidence.slice(0, 4)).toEqual(['intended', 'doubted', 'voided', 'intended']);
      }
    },
  );

  test('of a batch that was placed all the same is found out, and nobody is called again', async () => {
    const lying: Script = async (placing) => {
      await placing.place();
      await refuse(422)(placing);
    };
    await using it = await scene({ script: [lying], campaign: { batchSize: 3, concurrency: 3 } });
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(it.placings()).toBe(1);
    expect(states(it)).toEqual(done);
  });

  test.for([1, 4])('alike of ten in a row opens the breaker, for later runs too (%i a request)', async (batchSize) => {
    const more = { recipients: 14, batchSize, concurrency: batchSize };
    await using it = await scene({ script: [refuse(422)], campaign: more });
    const ran = await it.run();
    expect(ran).toMatchObject({ code: 9 });
    expect(ran.stdout).toContain('10 recipients in a row were refused alike');
    expect(states(it)['rejected']).toBeGreaterThanOrEqual(10);
    const before = it.placings();
    expect(await it.run()).toMatchObject({ code: 9 });
    expect(await it.run(['--approve', '0'])).toMatchObject({ code: 9 });
    expect(it.placings()).toBe(before);
    expect(await it.command(['resume', 'campaign.yaml'])).toMatchObject({ code: 0 });
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(states(it)).toEqual({ rejected: 14 });
  });
});

function dateIn(ms: number): string {
  return new Date(fastClock.now() + ms).toUTCString();
}

describe.concurrent('429', () => {
  test.for<readonly [string, () => Readonly<Record<string, string>>, number]>([
    ['seconds', () => ({ 'retry-after': '4' }), 4_000],
    ['a date', () => ({ 'retry-after': dateIn(4_000), date: dateIn(0) }), 4_000],
    ['nothing', () => ({}), 1_000],
  ])('with %s in Retry-After voids the attempt and is obeyed', async ([, headers, leastMs]) => {
    const times: number[] = [];
    const timed =
      (script: Script): Script =>
      (placing) => {
        times.push(fastClock.monotonic());
        return script(placing);
      };
    const tooMany: Script = ({ answer }) => answer(429, '{}', headers());
    await using it = await scene({ script: [timed(tooMany), timed(accepted)] });
    expect(await it.run()).toMatchObject({ code: 0 });
    expect(it.placings()).toBe(people + 1);
    expect(it.intron.dials()).toHaveLength(people);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(leastMs - 50);
    expect(evidence(it).slice(0, 3)).toEqual(['intended', 'voided', 'intended']);
  });

  test('with more than an hour in Retry-After ends the run: 10', async () => {
    await using it = await scene({ script: [({ answer }) => answer(429, '{}', { 'retry-after': '3700' }), accepted] });
    const ran = await it.run();
    expect(ran).toMatchObject({ code: 10 });
    expect(ran.stdout).toContain('more than an hour');
    expect(it.placings()).toBe(1);
    expect(states(it)).toEqual({ pending: people });
  });

  test('is obeyed though another call was accepted meanwhile', async () => {
    const times: number[] = [];
    const first = Promise.withResolvers<undefined>();
    const throttled: Script = ({ answer }) => {
      answer(429, '{}', { 'retry-after': '30' });
      setTimeout(() => first.resolve(undefined), 100);
    };
    const late: Script = async (placing) => {
      await first.promise;
      await accepted(placing);
    };
    const timed: Script = (placing) => {
      times.push(fastClock.monotonic());
      return accepted(placing);
    };
    const startMs = fastClock.monotonic();
    await using it = await scene({ script: [throttled, late, timed], campaign: { concurrency: 2, rate: '20/s' } });
    expect(await it.run()).toMatchObject({ code: 0 });
    expect((times[0] ?? 0) - startMs).toBeGreaterThan(30_000);
    expect(it.intron.dials()).toHaveLength(people);
  });
});
