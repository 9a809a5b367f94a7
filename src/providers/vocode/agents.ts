/**
 * Vocode agents: fields in, requests out; answers in, fields out. The ownership mark is the end of `name`, and `Live`
 * never shows it. Source: the OpenAPI description of the hosted API (2024-08-27), see docs/providers/vocode.md.
 */
import { InternalError } from '../../model/internal-error.ts';
import type { HttpRequest, Live } from '../../model/plan.ts';
import { isFields, isList, type Fields, type Value } from '../../model/value.ts';
import { asFields, asText, shapeOf } from '../answer.ts';
import { UnexpectedAnswer, type Desired, type Part, type ResourceCodec, type Wanted } from '../contract.ts';
import { markedName, takeName } from './name.ts';
import { collapsed, expanded, isAlike, partsOf, readAfter, updatedActions, wholeFields } from './nested.ts';
import { paged } from './paged.ts';
import { namesInPrompt, parsePrompt, printPrompt } from './prompt.ts';

/** All fields of an agent but its ids, as AgentParams has them. */
const agentFields: readonly string[] = [
  'name',
  'prompt',
  'language',
  'actions',
  'voice',
  'initial_message',
  'webhook',
  'vector_database',
  'interrupt_sensitivity',
  'context_endpoint',
  'noise_suppression',
  'endpointing_sensitivity',
  'ivr_navigation_mode',
  'conversation_speed',
  'initial_message_delay',
  'openai_model_name_override',
  'ask_if_human_present_on_idle',
  'openai_account_connection',
  'run_do_not_call_detection',
  'llm_fallback',
  'deepgram_keywords',
  'idle_time_seconds',
  'llm_temperature',
];

const defaults: Fields = {
  prompt: { content: '' },
  language: 'en',
  actions: [],
  voice: { pitch: 0, rate: 15, version: '2', experimental_input_streaming: false, experimental_remove_silence: false },
  webhook: { method: 'POST' },
  interrupt_sensitivity: 'low',
  noise_suppression: false,
  endpointing_sensitivity: 'auto',
  ivr_navigation_mode: 'off',
  conversation_speed: 1,
  initial_message_delay: 0,
  ask_if_human_present_on_idle: false,
  run_do_not_call_detection: false,
  llm_temperature: 0,
};

/** Members of answers that nobody declares: whose an object is, and a secret that Vocode makes up for an action. */
const unread: readonly string[] = ['user_id', 'signature_secret'];

/** Agents of Vocode. */
export function agents(baseUrl: string): ResourceCodec {
  const url = `${baseUrl}/v1/agents`;
  const at = (path: string, id: string): string => `${url}${path}?id=${encodeURIComponent(id)}`;
  return {
    list: { whole: false, ...paged({ what: 'agents', url: `${url}/list` }, (item) => [readAgent(item)]) },
    read: { request: (id): HttpRequest => ({ method: 'GET', url: at('', id) }), answer: readAgent },
    create: {
      request: (desired) => ({ method: 'POST', url: `${url}/create`, body: wholeAgent(desired) }),
      answer: readAgent,
    },
    update: {
      request: (wanted) => ({ method: 'POST', url: at('/update', wanted.id), body: changedAgent(wanted) }),
      answer: readAgent,
    },
    written: (wanted) => readAfter(changedFields(wanted), wanted.live.fields),
    remove: { cannot: 'Vocode documents no way to delete an agent' },
    marks: true,
    defaults,
    // An update has no llm_temperature, and one of a voice says of which type the voice is.
    fixed: ['llm_temperature', 'voice.type'],
    asRead: expanded,
    whole: wholeFields,
    parts: { of: partsOf, changedBy: changedParts },
    print: printPrompt,
    parse: parsePrompt,
    placeholders: ({ fields }) => namesInPrompt(fields),
    byHand: () => [
      'have Vocode enable outbound calls for the account: they are disabled until its support is asked, and no request does it',
    ],
  };
}

/** @throws UnexpectedAnswer */
function readAgent(value: unknown): Live {
  const answer = asFields(value, 'an agent');
  const id = asText(answer['id'], 'an agent with an id');
  const known = Object.entries(answer).filter(([name]) => agentFields.includes(name));
  const fields = expanded(Object.fromEntries(known.map(([name, member]) => [name, withoutUnread(member)])));
  const { name } = fields;
  if (name === undefined || name === null) return { id, fields };
  if (typeof name !== 'string') throw new UnexpectedAnswer('a name as text', shapeOf(name));
  const { name: own, mark } = takeName(name);
  const shown = { ...fields, name: own === '' ? null : own };
  return mark === undefined ? { id, fields: shown } : { id, fields: shown, mark };
}

function withoutUnread(value: Value): Value {
  if (isList(value)) return value.map(withoutUnread);
  if (!isFields(value)) return value;
  const fields: Fields = value;
  const kept = Object.entries(fields).filter(([name]) => !unread.includes(name));
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutUnread(member)]));
}

function wholeAgent({ fields, mark }: Desired): Fields {
  return { ...collapsed(fields), name: markedName(ownName(fields['name']), mark) };
}

/** An update changes what it names, so it names what differs, and the name for the mark's sake. */
function changedAgent({ live, fields, mark }: Wanted): Fields {
  const name = Object.hasOwn(fields, 'name') ? fields['name'] : live.fields['name'];
  return { name: markedName(ownName(name), mark), ...collapsed(changedFields({ live, fields })) };
}

function changedFields({ live, fields }: Pick<Wanted, 'live' | 'fields'>): Fields {
  const declared = expanded(fields);
  const changed = Object.entries(declared).filter(
    ([name, value]) => name !== 'name' && !isAlike({ [name]: value }, live.fields, defaults),
  );
  const body = changed.map(([name, value]): readonly [string, Value] => [
    name,
    name === 'actions' && isList(value) ? updatedActions(value, live.fields['actions']) : value,
  ]);
  return Object.fromEntries(body);
}

/** Fields in the place of an object change it, a uuid points elsewhere. */
function changedParts({ live, fields }: Wanted): readonly Part[] {
  const sent = collapsed(changedFields({ live, fields }));
  return partsOf(live.fields).filter(({ path }) => {
    const [name = '', index] = path.split('.');
    const value = sent[name];
    const part = index === undefined || value === undefined || !isList(value) ? value : value[Number(index)];
    return part !== undefined && isFields(part);
  });
}

function ownName(value: Value | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new InternalError('a name that is not plain text');
}
