import type { Exchange } from '../../src/ports.ts';
import type { Faults } from '../../src/sandbox/faults.ts';
import { intronSandbox } from '../../src/sandbox/intron.ts';
import type { IntronSandboxOptions, IntronSnapshot } from '../../src/sandbox/intron.ts';
import { isObject } from '../../src/model/json.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { parseFaults } from '../../src/sandbox/parse-faults.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { virtualClock } from '../../src/system/virtual-clock.ts';

export const voicebot = 'https://voicebot.intron.health/voicebot/v1';
export const convobot = 'https://convobot.intron.health/voicebot/v1';
const openingMs: number = Date.UTC(2026, 10, 24, 9);

export type Told = {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string>>;
};

/** A clinic's account with the stand-in, and short ways to ask it. */
export type Clinic = {
  /** The exchange as it is; a path is taken as one of the voicebot host. */
  readonly send: (method: string, url: string, body?: unknown, signal?: AbortSignal) => Promise<Exchange>;
  /** The answer of a request that must have one, in JSON. */
  readonly ask: (method: string, url: string, body?: unknown) => Promise<Told>;
  /** Its `data`. */
  readonly data: (method: string, url: string, body?: unknown) => Promise<JsonObject>;
  /** A reminder workflow; gives its id. */
  readonly workflow: (fields?: JsonObject) => Promise<string>;
  readonly pass: (ms: number) => Promise<void>;
  readonly snapshot: () => IntronSnapshot;
  /** The request log, line by line. */
  readonly log: readonly JsonObject[];
};

export function faultsOf(text: string): Faults {
  const parsed = parseFaults(text);
  if (parsed.kind === 'wrong') throw new Error(parsed.text);
  return parsed.faults;
}

/** Without a limit of requests unless the options have one. */
export function clinic({
  seed = 1,
  faults = '',
  ...options
}: Partial<Omit<IntronSandboxOptions, 'faults'>> & {
  readonly seed?: number;
  readonly faults?: string;
} = {}): Clinic {
  const clock = virtualClock(openingMs);
  const log: JsonObject[] = [];
  const { http, snapshot } = intronSandbox({
    clock,
    random: seededRandom(seed),
    callsPerSecond: 0,
    faults: faultsOf(faults),
    log: (line) => log.push(objectOf(JSON.parse(line))),
    ...options,
  });
  const send: Clinic['send'] = (method, url, body, signal = new AbortController().signal) =>
    http(
      {
        method,
        url: url.startsWith('/') ? voicebot + url : url,
        headers: { authorization: 'Bearer clinic-key', 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      },
      signal,
    );
  const ask: Clinic['ask'] = async (method, url, body) => {
    const exchange = await send(method, url, body);
    if (exchange.kind !== 'answered') throw new Error(`${method} ${url} is ${exchange.kind}`);
    const { status, headers } = exchange;
    return { status, headers, body: objectOf(JSON.parse(exchange.body)) };
  };
  const data: Clinic['data'] = async (method, url, body) => objectOf((await ask(method, url, body)).body['data']);
  return {
    send,
    ask,
    data,
    workflow: async (fields) => String((await data('POST', '/workflows', { ...reminder, ...fields }))['id']),
    pass: (ms) => clock.sleep(ms),
    snapshot,
    log,
  };
}

export const reminder: JsonObject = {
  name: 'Clinic reminder',
  workflow_type: 'ROBOCALL',
  message: 'Hello [name], see you on [date]. Press 1 to confirm, 2 to cancel.',
  include_reply: true,
  option_one: 'Confirm',
  option_two: 'Cancel',
};

/** The number of the n-th patient. */
export function phoneOf(n: number): string {
  return `+23480300${String(n).padStart(5, '0')}`;
}

/** An entry of `workflow_params` in the nested shape. */
export function patient(n: number): JsonObject {
  return {
    phone_number: phoneOf(n),
    user_tag_identifiers: { callplan_ref: `cp1.e.r${String(n)}.1` },
    workflow_variables: { name: 'Amaka', date: '24 November' },
  };
}

export function patients(count: number, first = 1): readonly JsonObject[] {
  return Array.from({ length: count }, (_, index) => patient(first + index));
}

/** The items of a listing. */
export function itemsOf(data: JsonObject): readonly JsonObject[] {
  const { items } = data;
  if (!Array.isArray(items)) throw new Error('there are no items');
  return items.map(objectOf);
}

function objectOf(value: unknown): JsonObject {
  if (isObject(value)) return value;
  throw new Error(`no object: ${JSON.stringify(value)}`);
}
