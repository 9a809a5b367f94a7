import { isObject } from '../../src/model/json.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { vocodeSandbox } from '../../src/sandbox/vocode.ts';
import type { VocodeSandboxOptions, VocodeSnapshot } from '../../src/sandbox/vocode.ts';
import { virtualClock } from '../../src/system/virtual-clock.ts';
import { faultsOf } from './clinic.ts';

/** An answer in JSON, or `cut` where the connection was. */
export type Told = { readonly status: number | 'cut'; readonly body: JsonObject };

/** A roofer's account with the stand-in for Vocode, and short ways to ask it. */
export type Roofer = {
  /** Below `/v1`. */
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Told>;
  /** The answer of an agent that is made. */
  readonly agent: (fields?: JsonObject) => Promise<JsonObject>;
  /** The answer of a call that is placed. */
  readonly call: (agent: unknown, fields?: JsonObject) => Promise<JsonObject>;
  readonly pass: (ms: number) => Promise<void>;
  readonly snapshot: () => VocodeSnapshot;
  /** The request log, line by line. */
  readonly log: readonly JsonObject[];
};

export const callBack: JsonObject = {
  name: 'Lead call-back',
  prompt: { content: 'You call ${first_name} back.' },
  voice: { type: 'voice_azure', voice_name: 'en-US-AriaNeural' },
};

const openingMs: number = Date.UTC(2026, 10, 23, 15);

export function roofer({
  faults = '',
  ...options
}: Partial<Omit<VocodeSandboxOptions, 'faults'>> & { readonly faults?: string } = {}): Roofer {
  const clock = virtualClock(openingMs);
  const log: JsonObject[] = [];
  const { http, snapshot } = vocodeSandbox({
    clock,
    random: seededRandom(1),
    faults: faultsOf(faults),
    log: (line) => log.push(objectOf(JSON.parse(line))),
    ...options,
  });
  const ask: Roofer['ask'] = async (method, path, body) => {
    const request = {
      method,
      url: `https://api.vocode.dev/v1${path}`,
      headers: { authorization: 'Bearer key' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const exchange = await http(request, new AbortController().signal);
    if (exchange.kind !== 'answered') return { status: 'cut', body: {} };
    return { status: exchange.status, body: objectOf(JSON.parse(exchange.body)) };
  };
  return {
    ask,
    agent: async (fields = {}) => (await ask('POST', '/agents/create', { ...callBack, ...fields })).body,
    call: async (agent, fields = {}) => {
      const request = { from_number: '15550100199', to_number: '12125550101', agent, context: { first_name: 'Ada' } };
      return (await ask('POST', '/calls/create', { ...request, ...fields })).body;
    },
    pass: (ms) => clock.sleep(ms),
    snapshot,
    log,
  };
}

function objectOf(value: unknown): JsonObject {
  if (!isObject(value)) throw new Error('not an object');
  return value;
}
