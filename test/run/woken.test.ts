/** Events of the provider against the real engine, under a clock that jumps, without a socket. */
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Exchange, Http, Serve } from '../../src/ports.ts';
import { isPlacing, openGarage, type Garage, type GarageOptions } from './garage.ts';

type Listening = {
  readonly serve: Serve;
  /** Sends an event; its answer comes before anything is done about it. */
  readonly send: (body?: unknown) => Promise<void>;
};

function listening(): Listening {
  let handler: Http | undefined;
  return {
    serve: (given) => {
      handler = given;
      return Promise.resolve({ port: 1, url: 'http://127.0.0.1:1', close: () => Promise.resolve() });
    },
    send: async (body) => {
      const request = { method: body === undefined ? 'GET' : 'POST', url: 'http://127.0.0.1:1/', headers: {} };
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      await handler?.(body === undefined ? request : { ...request, body: text }, new AbortController().signal);
    },
  };
}

const minuteMs = 60_000;

type Told = { readonly exit: number; readonly tookMs: number; readonly polls: readonly number[] };

/** A run whose calls are asked for every ten minutes; `events` are sent while it waits, each second from the first call on, or ten times as often. */
async function runHearing(
  events: (batchIds: readonly string[], second: number) => readonly unknown[],
  {
    seconds = 600,
    often = false,
    ...options
  }: Partial<GarageOptions> & { readonly seconds?: number; readonly often?: boolean } = {},
): Promise<Told & { readonly garage: Garage }> {
  const ears = listening();
  const polls: number[] = [];
  const batchIds: string[] = [];
  const startMs = { value: 0 };
  let isSending = false;
  const garage = await openGarage({
    people: 3,
    life: { shares: { answered: 1 } },
    execution: ['concurrency: 10', 'rate: 5/s', 'follow_up: {every: 10m, for: 2h}'],
    between: (http, garageNow) => async (request, signal) => {
      const { clock } = garageNow().world;
      if (request.url.includes('batch_id=')) polls.push(clock.monotonic() - startMs.value);
      const answer = await http(request, signal);
      if (isPlacing(request)) batchIds.push(batchIn(answer));
      if (isPlacing(request) && !isSending) {
        isSending = true;
        void (async () => {
          for (let second = 1; second <= seconds; second += 1) {
            for (let tenth = 0; tenth < (often ? 10 : 1); tenth += 1) {
              await clock.sleep(often ? 100 : 1_000);
              for (const event of events(batchIds, second)) await ears.send(event);
            }
          }
        })();
      }
      return answer;
    },
    ...options,
  });
  const { clock } = garage.world;
  startMs.value = clock.monotonic();
  const argv = ['run', 'campaign.yaml', '--apply', '--approve', '3', '--webhook-listen', '127.0.0.1:8787'];
  const exit = await main(argv, { ...garage.world, serve: ears.serve });
  return { exit, tookMs: clock.monotonic() - startMs.value, polls, garage };
}

describe('an event of the provider', () => {
  test('has its calls asked for long before they are due', async () => {
    const { garage, ...told } = await runHearing((batchIds, second) =>
      second === 120 ? batchIds.map((id) => ({ request_id: id, status: 'COMPLETED' })) : [],
    );
    await using _ = garage;
    expect(told).toMatchObject({ exit: 0 });
    expect(told.tookMs).toBeLessThan(4 * minuteMs);
  });

  test('that does not say what it is about has those asked for that are next', async () => {
    const { garage, ...told } = await runHearing((_batchIds, second) => (second === 120 ? [undefined] : []));
    await using _ = garage;
    expect(told).toMatchObject({ exit: 0 });
    expect(told.tookMs).toBeLessThan(4 * minuteMs);
  });

  test('that names no call of the wave changes nothing', async () => {
    const forged = ['none', '550e8400-e29b-41d4-a716-446655440000', "' OR 1=1 --", '9'.repeat(200)];
    const { garage, ...told } = await runHearing(() => forged.map((id) => ({ request_id: id })), { seconds: 120 });
    await using _ = garage;
    expect(told).toMatchObject({ exit: 0 });
    expect(told.polls.every((ms) => ms > 8 * minuteMs)).toBe(true);
  });

  test('that is forged says nothing of how the call ended', async () => {
    const { garage, ...told } = await runHearing(
      (batchIds, second) => (second === 2 ? batchIds.map((id) => ({ request_id: id, status: 'COMPLETED' })) : []),
      { seconds: 5 },
    );
    await using _ = garage;
    expect(told).toMatchObject({ exit: 0 });
    // Asked for at once, found under way, and asked for again in its time.
    expect(told.polls[0]).toBeLessThan(minuteMs);
    expect(told.tookMs).toBeGreaterThan(8 * minuteMs);
  });

  test('wakes one poll of its calls a second, however often it comes', async () => {
    const { garage, ...told } = await runHearing(
      ([first]) => Array.from({ length: 50 }, () => ({ request_id: first })),
      { seconds: 20, often: true },
    );
    await using _ = garage;
    expect(told).toMatchObject({ exit: 0 });
    const woken = told.polls.filter((ms) => ms < minuteMs);
    expect(woken.length).toBeGreaterThan(5);
    expect(woken.every((ms, index) => index === 0 || ms - (woken[index - 1] ?? 0) >= 999)).toBe(true);
  });
});

test('an event is written nowhere: the ledger of a run that was told lies is that of one that heard nothing', async () => {
  const ledgers = [];
  for (const forged of [[], [{ request_id: 'forged' }, { request_id: '9'.repeat(200) }]]) {
    const { garage } = await runHearing(() => forged, { seconds: 100 });
    await using _ = garage;
    ledgers.push(rowsOf(`${garage.world.cwd}/.callplan/callplan.db`));
  }
  expect(ledgers[1]).toEqual(ledgers[0]);
});

/** What is written of recipients and attempts. */
function rowsOf(path: string): unknown {
  const store = new DatabaseSync(path, { readOnly: true });
  try {
    return ['recipient', 'attempt', 'event'].map((table) => store.prepare(`SELECT * FROM ${table}`).all());
  } finally {
    store.close();
  }
}

function batchIn(answer: Exchange): string {
  return /"batch_id":"([^"]+)"/.exec(answer.kind === 'answered' ? answer.body : '')?.[1] ?? 'none';
}
