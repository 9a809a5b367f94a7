/**
 * HappyRobot use cases: read and updated by id, never made here. An account of the older generation has one `hook`, a
 * newer one a list of `hooks`: both are read as the list, and written as the live use case has it.
 * Pages: usecases/get-use-case, usecases/update-use-case (read 2026-11-21), see docs/providers/happyrobot.md.
 */
import { overlay } from '../../model/overlay.ts';
import type { HttpRequest, Live } from '../../model/plan.ts';
import { isFields, isList, type Fields, type Value } from '../../model/value.ts';
import { asFields, asText } from '../answer.ts';
import type { ResourceCodec } from '../contract.ts';

/** "default 10 minutes": dial/create-outbound-call, read 2026-11-21. */
const defaults: Fields = { max_duration_mins: 10 };

/** All fields that the pages show, but for those that HappyRobot sets itself. */
const written: ReadonlySet<string> = new Set([
  'name',
  'transfer_number',
  'extract_with_ai',
  'classification_tags',
  'language',
  'detailed_work_hours',
  'work_start',
  'work_end',
  'timezone',
  'generic_after_hours_message',
  'enable_detailed_work_hours',
  'keywords',
  'hooks',
  'hook',
  'params',
  'amd',
  'amd_behavior',
  'amd_messages',
  'sample_labels',
  'hidden',
  'evaluation_models',
  'max_duration_mins',
  'recorded_message_inbound',
  'recorded_message_outbound',
  'show_original_caller_id',
  'disable_end_call_after_n_reminders',
  'model',
]);

/** Use cases of HappyRobot. */
export function useCases(baseUrl: string): ResourceCodec {
  const at = (method: HttpRequest['method'], id: string): HttpRequest => ({
    method,
    url: `${baseUrl}/use-cases/${encodeURIComponent(id)}`,
  });
  return {
    list: { cannot: 'HappyRobot documents no list of use cases' },
    read: { request: (id) => at('GET', id), answer: readUseCase },
    create: {
      cannot: 'HappyRobot documents no request that makes a use case: make it in the dashboard and name its id',
    },
    update: {
      request: ({ id, live, fields }) => ({ ...at('PATCH', id), body: inFormOf(live, merged(live, fields)) }),
      answer: readUseCase,
    },
    written: ({ live, fields }) => merged(live, fields),
    remove: { cannot: 'HappyRobot documents no request that removes a use case' },
    marks: false,
    defaults,
    fixed: [],
    asRead: withHooks,
    print: (text) => text.map((part) => (typeof part === 'string' ? part : `{{${part.variable}}}`)).join(''),
    parse: (text) => [text],
    placeholders: () => [],
    byHand: () => [],
  };
}

/** Only documented fields: what else a server may say is neither declared nor sent back. */
function readUseCase(value: unknown): Live {
  const answer = asFields(value, 'a use case');
  const id = asText(answer['id'], 'a use case with an id');
  const fields = Object.fromEntries(Object.entries(answer).filter(([name]) => written.has(name)));
  const { hook } = fields;
  // Kept as the sign of the older generation.
  return { id, fields: hook === undefined ? withHooks(fields) : { ...withHooks(fields), hook } };
}

/** `hook` as a list of one, and headers that are left out as none. */
function withHooks({ hook, hooks, ...fields }: Fields): Fields {
  if (hooks !== undefined && isList(hooks)) return { ...fields, hooks: hooks.map(withHeaders) };
  if (hook === undefined) return hooks === undefined ? fields : { ...fields, hooks };
  return { ...fields, hooks: hook === null ? [] : [withHeaders(hook)] };
}

function withHeaders(hook: Value): Value {
  if (!isFields(hook)) return hook;
  const fields: Fields = hook;
  return { ...fields, headers: fields['headers'] ?? [] };
}

/** Whether PATCH merges within a map is not documented: maps go with what is live in them. */
function merged({ fields: live }: Live, declared: Fields): Fields {
  const over = overlay(live, declared);
  return Object.fromEntries(Object.keys(declared).map((name) => [name, over[name] ?? null]));
}

/** The older generation takes one hook; where there are more, it is told so by what it answers. */
function inFormOf(live: Live, { hooks, ...fields }: Fields): Fields {
  if (hooks === undefined) return fields;
  const [first = null, ...more] = isList(hooks) ? hooks : [];
  const isOlder = 'hook' in live.fields;
  return isOlder && more.length === 0 ? { ...fields, hook: first } : { ...fields, hooks };
}
