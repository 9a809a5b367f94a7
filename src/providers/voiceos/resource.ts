/**
 * VoiceOS agents: fields in, requests out; answers in, fields out. An agent has no name, so the ownership mark is an
 * entry of its `metadata`, which `Live` never shows. Pages: agents, voiceos-create-phone-call (read 2026-11-21), see
 * docs/providers/voiceos.md.
 */
import { InternalError } from '../../model/internal-error.ts';
import { parseMark, printMark } from '../../model/mark.ts';
import { overlay } from '../../model/overlay.ts';
import type { HttpRequest, Live, Mark } from '../../model/plan.ts';
import { isFields, type Fields, type Text, type Value } from '../../model/value.ts';
import { asFields, asObject, asText, shapeOf } from '../answer.ts';
import { UnexpectedAnswer, type ResourceCodec, type Wanted } from '../contract.ts';
import { paged } from './pages.ts';

/** The entry of `metadata` that holds the ownership mark. */
const markKey = 'callplan';

/** "The default value is 10 min"; null, and it alone, lifts the limit. */
const usualDurationSeconds = 600;

/** All fields of an agent's configuration that the pages name; what else an agent has is the server's. */
const configured: readonly string[] = [
  'initial_message',
  'prompt',
  'language_model',
  'voice',
  'transcriber',
  'max_duration_seconds',
  'webhooks',
  'hooks',
  'metadata',
];

/** Agents of VoiceOS. */
export function agents(baseUrl: string): ResourceCodec {
  const listUrl = `${baseUrl}/agents`;
  const at = (method: HttpRequest['method'], id: string): HttpRequest => ({
    method,
    url: `${listUrl}/${encodeURIComponent(id)}`,
  });
  return {
    list: { ...paged({ what: 'agents', url: listUrl }, (item) => [readAgent(item)]), whole: true },
    read: { request: (id) => at('GET', id), answer: readAgent },
    create: {
      request: ({ fields, mark }) => ({ method: 'POST', url: listUrl, body: newAgent(fields, mark) }),
      answer: readAgent,
    },
    update: {
      request: ({ id, ...wanted }) => ({ ...at('PATCH', id), body: changesOfAgent(wanted) }),
      answer: readAgent,
    },
    written: ({ live, fields }) => only(mergeAgent(live.fields, fields), Object.keys(fields)),
    remove: {
      request: (id) => at('DELETE', id),
      answer: (body) => void asObject(body, 'the agent that was deleted'),
    },
    marks: true,
    defaults,
    fixed: [],
    whole: ['language_model.tools.*.function.parameters', 'webhooks.*.filter', 'hooks.*.filter'],
    print,
    parse: (text) => [text],
    placeholders: () => [],
    byHand: () => [],
  };
}

/** What a call says of the agent: all of its configuration, the duration always written out. */
export function configurationOf(agent: Fields): Fields {
  return only({ ...agent, max_duration_seconds: durationOf(agent) }, configured);
}

/**
 * Fields over an agent as it is. Members of one kind of voice, model or transcriber stay where the file is silent about
 * them; metadata is a map of single entries; lists are replaced whole.
 */
export function mergeAgent(live: Fields, declared: Fields): Fields {
  const merged = Object.entries(declared).map(([name, value]) => [name, mergeField(live[name], value)] as const);
  return { ...live, ...Object.fromEntries(merged) };
}

/** The map of an agent's own entries; neither the mark nor anything of ours is in it once it is read. */
export function metadataOf(agent: Fields): Fields {
  const { metadata } = agent;
  return metadata !== undefined && isFields(metadata) ? metadata : {};
}

/**
 * What the server has where a member is left out, as the pages and the vendor's SDK say. `max_duration_seconds` is not
 * here: null means something else than its default, so what is read always has it.
 */
const defaults: Fields = {
  webhooks: [],
  hooks: [],
  language_model: { temperature: 0, max_tokens: 300, tools: [] },
  transcriber: { keywords: [], languages: ['en-US'] },
  voice: {
    speed: 1,
    optimize_latency: 3,
    use_speaker_boost: false,
    similarity_boost: 0.5,
    stability: 0.5,
    pitch: 0,
    rate: 0,
    speed_alpha: 1,
    reduce_latency: false,
  },
};

/** Nothing is lowered: texts are rendered before they are sent. */
function print(text: Text): string {
  if (text.every((part) => typeof part === 'string')) return text.join('');
  throw new InternalError('VoiceOS has no placeholders');
}

function readAgent(value: unknown): Live {
  const answer = asFields(value, 'an agent');
  const id = asText(answer['id'], 'an agent with an id');
  const fields = configurationOf(answer);
  const { metadata } = fields;
  if (metadata === undefined || metadata === null) return { id, fields };
  if (!isFields(metadata)) throw new UnexpectedAnswer('metadata as a map', shapeOf(metadata));
  const { [markKey]: line, ...own }: Fields = metadata;
  const mark = typeof line === 'string' ? parseMark(line) : undefined;
  return mark === undefined ? { id, fields } : { id, fields: { ...fields, metadata: own }, mark };
}

function newAgent(fields: Fields, mark: Mark): Fields {
  return { ...configurationOf(fields), metadata: marked(fields, mark) };
}

/**
 * PATCH takes any part, but what it does within a part is not documented: parts go whole, as they shall be. The duration
 * always goes along, since the vendor's SDK sends 600 where it is left out, and metadata for the mark.
 */
function changesOfAgent({ live, fields, mark }: Omit<Wanted, 'id'>): Fields {
  const merged = mergeAgent(live.fields, fields);
  const sent = [...Object.keys(fields), 'max_duration_seconds'];
  return { ...only(configurationOf(merged), sent), metadata: marked(merged, mark) };
}

function marked(agent: Fields, mark: Mark | undefined): Fields {
  const own = metadataOf(agent);
  return mark === undefined ? own : { ...own, [markKey]: printMark(mark) };
}

function mergeField(live: Value | undefined, declared: Value): Value {
  if (live === undefined || !isFields(live) || !isFields(declared)) return declared;
  const before: Fields = live;
  const after: Fields = declared;
  const kind = after['provider'];
  return kind === undefined || kind === before['provider'] ? overlay(before, after) : declared;
}

/** Undefined and null mean different things. */
function durationOf({ max_duration_seconds: seconds }: Fields): Value {
  return seconds === undefined ? usualDurationSeconds : seconds;
}

/** In the order of the names. */
function only(fields: Fields, names: readonly string[]): Fields {
  const kept = names.flatMap((name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(kept);
}
