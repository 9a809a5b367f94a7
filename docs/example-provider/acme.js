// @ts-check
// Acme Voice, a made-up API: scripts are spoken, one request places one call. docs/provider-kit.md walks through it.
import { appendMark, asCount, asList, asObject, asText } from 'callplan/provider';
import { defineProvider, isObject, namesOf, takeMark } from 'callplan/provider';
import { acmeSandbox } from './acme-sandbox.js';
import { schema } from './acme-schema.js';

/** @import { Account, Fields, Live, Mark, OpenCall, Outcome, Pull, Sighting, Text } from 'callplan/provider' */

/** @type {ReadonlyMap<string, Outcome>} */
const outcomes = new Map([
  ['picked_up', 'answered'],
  ['nobody', 'no_answer'],
  ['engaged', 'busy'],
  ['machine', 'voicemail'],
  ['broken', 'failed'],
]);

export default defineProvider({
  name: 'acme',
  noun: 'script',
  credential: 'token',
  schema,
  sandbox: acmeSandbox,
  reserved: [],
  lowered: ['text'],
  rendered: [],
  secretMembers: [],
  facts: {
    title: 'Acme Voice',
    placeholder: '<name>',
    reference: 'tag of the call, comes back with it',
    outcomes: [
      ...[...outcomes].map(([result, outcome]) => ({ sign: `result ${result}`, outcome })),
      { sign: 'no result', outcome: 'open' },
    ],
    replies: [{ sign: 'answer', becomes: 'option' }],
    unknown: ['How long a listing lags: callplan waits a minute.'],
  },
  hasPlaceholder: (text) => /<\w+>/.test(text),
  check: () => [],
  open: (options) =>
    open(typeof options['base_url'] === 'string' ? options['base_url'] : 'https://api.acme.example/v1'),
});

/** @type {(url: string) => Account} */
function open(url) {
  return {
    origins: [new URL(url).origin],
    headers: (token) => ({ authorization: `Bearer ${token}` }),
    explain: (body) => (isObject(body) ? said(body['error']) : undefined),
    resource: {
      list: { whole: true, ...pages('scripts', `${url}/scripts?`, readScript) },
      read: { request: (id) => ({ method: 'GET', url: `${url}/scripts/${id}` }), answer: readScript },
      create: {
        request: ({ fields, mark }) => ({ method: 'POST', url: `${url}/scripts`, body: marked(fields, mark) }),
        answer: readScript,
      },
      update: {
        request: ({ id, live, fields, mark }) => ({
          method: 'PATCH',
          url: `${url}/scripts/${id}`,
          body: marked({ notes: live.fields['notes'] ?? '', ...fields }, mark),
        }),
        answer: readScript,
      },
      remove: { request: (id) => ({ method: 'DELETE', url: `${url}/scripts/${id}` }), answer: () => undefined },
      marks: true,
      defaults: { notes: '' },
      fixed: [],
      print: (text) => text.map((part) => (typeof part === 'string' ? part : `<${part.variable}>`)).join(''),
      parse,
      placeholders: ({ fields }) => namesOf(parse(said(fields['text']))),
      byHand: () => [],
    },
    calls: {
      batch: 1,
      perSecond: 5,
      perRequest: [],
      checkCall: () => undefined,
      place: {
        request: ({ calls: [call], resource }) => {
          if (call === undefined) throw new Error('nobody to call');
          const names = namesOf(parse(said(resource['text']))).filter((name) => Object.hasOwn(call.variables, name));
          const values = Object.fromEntries(names.map((name) => [name, call.variables[name] ?? '']));
          const body = { ...call.options, script: call.resourceId, to: call.phone, values, tag: call.reference };
          return { method: 'POST', url: `${url}/calls`, body };
        },
        answer: (body) => [{ callId: asText(asObject(body, 'a call')['id'], 'a call with an id') }],
      },
      cancel: { cannot: 'Acme has no way to end a call' },
      scheduledMs: () => undefined,
      event: { cannot: 'Acme has no webhooks' },
      follow: callsAround,
      lookUp: {
        complete: true,
        settleMs: 60_000,
        find: callsAround,
        wave: (script) => [callsOf(script)],
      },
      meaningOf: (status) => (outcomes.has(status) ? 'over' : status === 'talking' ? 'under_way' : 'unknown'),
      followUp: { everyMs: 15_000, forMs: 3_600_000 },
      labelReply: (reply) => reply,
    },
  };

  /** @type {(pending: readonly OpenCall[]) => readonly Pull<Sighting>[]} */
  function callsAround(pending) {
    return [...new Set(pending.map((call) => call.resourceId))].map(callsOf);
  }

  /** @type {(script: string) => Pull<Sighting>} */
  function callsOf(script) {
    return pages('calls', `${url}/calls?script=${script}&`, readCall);
  }
}

/**
 * A listing by offset, which says its total on every page.
 * @type {<Item>(what: string, url: string, read: (item: unknown) => Item) => Pull<Item>}
 */
function pages(what, url, read) {
  return {
    what,
    request: (offset = '0') => ({ method: 'GET', url: `${url}offset=${offset}` }),
    answer: (body, offset = '0') => {
      const answer = asObject(body, 'a page');
      const found = asList(answer[what], what);
      const ids = found.map((item) => asText(asObject(item, what)['id'], `${what} with ids`));
      const [total, end] = [asCount(answer['total'], 'a total'), Number(offset) + found.length];
      const more = end < total && found.length > 0 ? { next: String(end) } : {};
      return { items: found.map(read), ids, total, ...more };
    },
  };
}

/** @type {(body: unknown) => Live} */
function readScript(body) {
  const { id, title, text, notes } = asObject(body, 'a script');
  const { text: own, mark } = takeMark(said(notes));
  const fields = { title: said(title), text: said(text), notes: own };
  return { id: asText(id, 'a script with an id'), fields, ...(mark && { mark }) };
}

/** @type {(item: unknown) => Sighting} */
function readCall(item) {
  const { id, to, tag, placed_at, result, seconds, answer } = asObject(item, 'a call');
  const outcome = outcomes.get(said(result));
  return {
    callId: asText(id, 'a call with an id'),
    phone: asText(to, 'a call with a number'),
    createdMs: asCount(placed_at, 'when a call was placed'),
    status: said(result) || 'talking',
    ...(typeof tag === 'string' && { reference: tag }),
    ...(outcome && { outcome, seconds: asCount(seconds, 'seconds') }),
    ...(typeof answer === 'string' && { reply: { option: answer } }),
  };
}

/** @type {(fields: Fields, mark: Mark | undefined) => Fields} */
function marked(fields, mark) {
  const notes = said(fields['notes']);
  return { ...fields, notes: mark === undefined ? notes : appendMark(notes, mark) };
}

/** @type {(text: string) => Text} */
function parse(text) {
  const parts = text.split(/<(\w+)>/).map((part, index) => (index % 2 === 1 ? { variable: part } : part));
  return parts.filter((part) => part !== '');
}

/** @type {(value: unknown) => string} */
function said(value) {
  return typeof value === 'string' ? value : '';
}
