/**
 * Intron workflows: fields in, requests out; answers in, fields out. The ownership mark is the last line of
 * `description`, and `Live` never shows it. Pages: intron-workflows (read 2026-11-21), see docs/providers/intron.md.
 */
import { InternalError } from '../../model/internal-error.ts';
import { appendMark, takeMark } from '../../model/mark.ts';
import type { HttpRequest, Live, Mark } from '../../model/plan.ts';
import { remember } from '../../model/remember.ts';
import { namesOf, type Fields, type Text, type Value } from '../../model/value.ts';
import { asFields, asList, asObject, asText, shapeOf } from '../answer.ts';
import { UnexpectedAnswer, type Wanted, type ResourceCodec } from '../contract.ts';

/** What the two types of workflow are called on the wire. */
export type WorkflowType = 'ROBOCALL' | 'CONVERSATION';

/** The documented default is ROBOCALL. */
export function workflowType(fields: Fields): WorkflowType {
  return fields['workflow_type'] === 'CONVERSATION' ? 'CONVERSATION' : 'ROBOCALL';
}

/** `[name]` in robocalls, `{{name}}` in conversations. */
function printMessage(text: Text, fields: Fields): string {
  const [open, close] = workflowType(fields) === 'CONVERSATION' ? ['{{', '}}'] : ['[', ']'];
  return text.map((part) => (typeof part === 'string' ? part : `${open}${part.variable}${close}`)).join('');
}

/** The inverse of printMessage: names verbatim, blanks and all. */
export function parseMessage(message: string, fields: Fields): Text {
  return parseAs(message, workflowType(fields));
}

/** Remembered, as the same message is parsed with every call. */
const parseAs = remember((message, type): Text => {
  const parts: (string | { readonly variable: string })[] = [];
  let end = 0;
  for (const match of message.matchAll(placeholder(type))) {
    const [whole, name] = match;
    if (name === undefined) continue;
    if (match.index > end) parts.push(message.slice(end, match.index));
    parts.push({ variable: name });
    end = match.index + whole.length;
  }
  if (end < message.length) parts.push(message.slice(end));
  return parts;
});

/** Whether text has a placeholder in the syntax of this workflow. */
export function hasPlaceholder(text: string, fields: Fields): boolean {
  return text.search(placeholder(workflowType(fields))) >= 0;
}

/** The names that a workflow's message asks for, without the blanks around them. */
export function namesInMessage(fields: Fields): readonly string[] {
  const message = fields['message'];
  if (typeof message !== 'string') return [];
  return [...new Set(namesOf(parseMessage(message, fields)).map((name) => name.trim()))];
}

/** The `data` of an answer. `status` is "Ok", or "success" where a call was placed. @throws UnexpectedAnswer */
export function dataOf(body: unknown, expected: string): unknown {
  const { status, data } = asObject(body, 'the envelope {status, message, data}');
  if (typeof status === 'string' && /^(?:ok|success)$/i.test(status)) return data;
  throw new UnexpectedAnswer(`status Ok or success with ${expected}`, `status as ${shapeOf(status)}`);
}

/** Workflows of Intron. */
export function workflows(baseUrl: string): ResourceCodec {
  const listUrl = `${baseUrl}/workflows`;
  const at = (method: HttpRequest['method'], id: string): HttpRequest => ({
    method,
    url: `${listUrl}/${encodeURIComponent(id)}`,
  });
  return {
    list: {
      whole: true,
      what: 'workflows',
      request: () => ({ method: 'GET', url: listUrl }),
      answer: (body) => {
        const items = asList(dataOf(body, 'a list of workflows'), 'a list of workflows').map(readWorkflow);
        // The list has no pages: it is the whole as it stands.
        return { items, ids: items.map(({ id }) => id), total: items.length };
      },
    },
    read: { request: (id) => at('GET', id), answer: readAnswer },
    create: {
      request: ({ fields, mark }) => ({ method: 'POST', url: listUrl, body: marked(fields, mark) }),
      answer: readAnswer,
    },
    update: {
      request: ({ id, live, ...desired }) => ({ ...at('PUT', id), body: wholeWorkflow(live, desired) }),
      answer: readAnswer,
    },
    remove: {
      request: (id) => at('DELETE', id),
      answer: (body) => void dataOf(body, 'nothing'),
    },
    marks: true,
    defaults: {
      description: '',
      workflow_type: 'ROBOCALL',
      include_reply: false,
      option_one: '',
      option_two: '',
      call_back_url: '',
    },
    fixed: [],
    print: printMessage,
    parse: parseMessage,
    placeholders: ({ fields }) => namesInMessage(fields),
    byHand: (fields) =>
      workflowType(fields) === 'CONVERSATION'
        ? [
            'activate the workflow in the Intron dashboard: its conversations need the status ACTIVE, which no request sets',
          ]
        : [],
  };
}

/** All fields that the pages name, `response_options` in newer ones. */
const written: readonly string[] = [
  'name',
  'description',
  'workflow_type',
  'message',
  'include_reply',
  'option_one',
  'option_two',
  'response_options',
  'call_back_url',
];

function placeholder(type: string): RegExp {
  return type === 'CONVERSATION' ? /\{\{([^{}]+)\}\}/g : /\[([^[\]]+)\]/g;
}

function readAnswer(body: unknown): Live {
  return readWorkflow(dataOf(body, 'a workflow'));
}

/** Only documented fields: what else a server may say (a time, a count) is neither declared nor sent back. */
function readWorkflow(value: unknown): Live {
  const answer = asFields(value, 'a workflow');
  const id = asText(answer['id'], 'a workflow with an id');
  const fields = Object.fromEntries(Object.entries(answer).filter(([name]) => written.includes(name)));
  const { description } = fields;
  if (description === undefined || description === null) return { id, fields };
  if (typeof description !== 'string') throw new UnexpectedAnswer('a description as text', shapeOf(description));
  const { text, mark } = takeMark(description);
  const shown = { ...fields, description: text };
  return mark === undefined ? { id, fields: shown } : { id, fields: shown, mark };
}

/**
 * Whether PUT replaces or merges is not documented, so the object goes whole: what is live, and over it what is
 * declared. The options are missing from PUT's table and stand in its example: they always go along.
 */
function wholeWorkflow(live: Live, { fields, mark }: Pick<Wanted, 'fields' | 'mark'>): Fields {
  const kept = Object.entries(live.fields).filter(([, value]) => value !== null);
  return marked({ option_one: null, option_two: null, ...Object.fromEntries(kept), ...fields }, mark);
}

function marked(fields: Fields, mark: Mark | undefined): Fields {
  const description = descriptionText(fields['description']);
  return { ...fields, description: mark === undefined ? description : appendMark(description, mark) };
}

function descriptionText(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  throw new InternalError('a description that is not plain text');
}
