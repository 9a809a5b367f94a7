import { isObject } from '../../src/model/json.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { parseFaults } from '../../src/sandbox/parse-faults.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { voiceosSandbox } from '../../src/sandbox/voiceos.ts';
import type { VoiceosSandboxOptions } from '../../src/sandbox/voiceos.ts';
import { virtualClock } from '../../src/system/virtual-clock.ts';

const openingMs: number = Date.UTC(2026, 10, 24, 9);

export type Told = { readonly status: number; readonly body: JsonObject };

/** An insurer's account with the stand-in of VoiceOS, and short ways to ask it. */
export type Insurer = {
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Told>;
  /** The answer of a request that must work. */
  readonly get: (path: string) => Promise<JsonObject>;
  /** A surveying agent; gives it as the API does. */
  readonly agent: (changes?: JsonObject) => Promise<JsonObject>;
  /** A call to the n-th customer; gives the conversation. */
  readonly call: (n: number, changes?: JsonObject) => Promise<JsonObject>;
  readonly pass: (ms: number) => Promise<void>;
  readonly snapshot: ReturnType<typeof voiceosSandbox>['snapshot'];
  /** The request log, line by line. */
  readonly log: readonly JsonObject[];
};

export function insurer({
  faults = '',
  ...options
}: Partial<Omit<VoiceosSandboxOptions, 'faults'>> & { readonly faults?: string } = {}): Insurer {
  const parsed = parseFaults(faults);
  if (parsed.kind === 'wrong') throw new Error(parsed.text);
  const clock = virtualClock(openingMs);
  const log: JsonObject[] = [];
  const { http, snapshot } = voiceosSandbox({
    clock,
    random: seededRandom(1),
    faults: parsed.faults,
    log: (line) => log.push(objectOf(JSON.parse(line))),
    ...options,
  });
  const ask: Insurer['ask'] = async (method, path, body) => {
    const exchange = await http(
      {
        method,
        url: `https://api.voiceos.io${path}`,
        headers: { authorization: 'Bearer insurer-key', 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      new AbortController().signal,
    );
    if (exchange.kind !== 'answered') throw new Error(`${method} ${path} is ${exchange.kind}`);
    return { status: exchange.status, body: objectOf(JSON.parse(exchange.body)) };
  };
  const must = async (method: string, path: string, body?: unknown): Promise<JsonObject> => {
    const told = await ask(method, path, body);
    if (told.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(told.body)}`);
    return told.body;
  };
  return {
    ask,
    get: (path) => must('GET', path),
    agent: (changes) => must('POST', '/agents', { ...surveyor, ...changes }),
    call: (n, changes) =>
      must('POST', '/conversations/create_phone_call', {
        from_number: line,
        to_number: phoneOf(n),
        agent_config: { ...surveyor, metadata: { callplan_ref: `cp1.e.r${String(n)}.1` } },
        ...changes,
      }),
    pass: (ms) => clock.sleep(ms),
    snapshot,
    log,
  };
}

/** The insurer's own number. */
export const line = '+15005550006';

export const surveyor: JsonObject = {
  prompt: 'You ask three questions about the insurance.',
  initial_message: 'Good morning, am I speaking with Ada?',
  language_model: { provider: 'openai', model: 'gpt-4o' },
  voice: { provider: 'playht', model: 'susan' },
  transcriber: { provider: 'deepgram', model: 'nova-2-phonecall', language: 'en' },
};

/** The number of the n-th customer. */
export function phoneOf(n: number): string {
  return `+1500555${String(n).padStart(4, '0')}`;
}

/** The items of a listing. */
export function itemsOf({ items }: JsonObject): readonly JsonObject[] {
  if (!Array.isArray(items)) throw new Error('there are no items');
  return items.map(objectOf);
}

function objectOf(value: unknown): JsonObject {
  if (isObject(value)) return value;
  throw new Error(`no object: ${JSON.stringify(value)}`);
}
