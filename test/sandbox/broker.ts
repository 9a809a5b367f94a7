import { happyrobotSandbox } from '../../src/sandbox/happyrobot.ts';
import type { HappyrobotSandboxOptions, HappyrobotSnapshot } from '../../src/sandbox/happyrobot.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { virtualClock } from '../../src/system/virtual-clock.ts';
import { faultsOf } from './clinic.ts';

export const useCaseId = '65f2c01e9a4b7d3308e1f6c2';
const openingMs: number = Date.UTC(2026, 10, 24, 15);

/** A freight broker's account with the stand-in, and short ways to ask it. */
export type Broker = {
  /** Status and body of an answer. */
  readonly ask: (
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<{ readonly status: number; readonly body: unknown }>;
  /** Ids of the calls that a list gives, and what it says of them. */
  readonly list: (query?: string) => Promise<{ readonly ids: readonly unknown[]; readonly count: unknown }>;
  /** Calls a driver; gives the id. */
  readonly call: (n: number, more?: JsonObject) => Promise<string>;
  readonly pass: (ms: number) => Promise<void>;
  readonly snapshot: () => HappyrobotSnapshot;
};

export function broker({
  faults = '',
  ...options
}: Partial<Omit<HappyrobotSandboxOptions, 'faults'>> & { readonly faults?: string } = {}): Broker {
  const clock = virtualClock(openingMs);
  const { http, snapshot } = happyrobotSandbox({
    clock,
    random: seededRandom(1),
    faults: faultsOf(faults),
    resource: { id: useCaseId, fields: {} },
    ...options,
  });
  const ask: Broker['ask'] = async (method, path, body) => {
    const exchange = await http(
      {
        method,
        url: `https://app.happyrobot.ai/api/v1${path}`,
        headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      new AbortController().signal,
    );
    if (exchange.kind !== 'answered') throw new Error(`${method} ${path} is ${exchange.kind}`);
    return { status: exchange.status, body: JSON.parse(exchange.body) };
  };
  return {
    ask,
    list: async (query = '') => {
      const { calls, count } = Object((await ask('GET', `/calls${query}`)).body);
      return { ids: [...calls].map((item: unknown) => Object(item)['id']), count };
    },
    call: async (n, more) => String(Object((await ask('POST', '/dial/outbound', driver(n, more))).body)['id']),
    pass: (ms) => clock.sleep(ms),
    snapshot,
  };
}

/** The body of a call to the n-th driver. */
export function driver(n: number, more: JsonObject = {}): JsonObject {
  return {
    number_id: '65f2c01e9a4b7d3308e1f6d1',
    use_case_id: useCaseId,
    phone_number: phoneOf(n),
    metadata: { callplan_ref: `cp1.e.r${String(n)}.1` },
    params: { driver: 'Rosa' },
    ...more,
  };
}

export function phoneOf(n: number): string {
  return `+131255501${String(n).padStart(2, '0')}`;
}
