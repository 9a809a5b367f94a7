/** What a module's values must look like, as data: JavaScript does not check what TypeScript would. */
import type { Account, CallCodec, ProviderFacts, ResourceCodec } from '../providers/contract.ts';
import type { ProviderDefinition } from './definition.ts';

/**
 * `handles` are what placed calls are known by, with gaps; `words` is a function without which one can do, `reads` one that reads an answer and gives what is named there, `pulls`
 * one that gives listings, `instant` one that gives epoch milliseconds or nothing. `can` may be `{cannot: 'why'}` instead.
 */
export type Shape =
  | 'text'
  | 'number'
  | 'boolean'
  | 'list'
  | 'handles'
  | 'object'
  | 'function'
  | 'request'
  | 'pulls'
  | 'instant'
  | 'words'
  | { readonly reads: Shape | 'anything' }
  | { readonly optional: Shape }
  | { readonly can: Shape }
  | { readonly members: Members };

type Members = Readonly<Record<string, Shape>>;
type MembersOf<T> = { readonly [Name in keyof Required<T>]: Shape };

const page: Shape = { members: { items: 'list', ids: 'list' } };
const live: Shape = { members: { id: 'text', fields: 'object' } };

/** A listing in pages. */
const pull: Members = { what: 'text', request: 'request', answer: { reads: page } };
/** Of a listing in pages. */
export const pullShape: Shape = { members: pull };

function operation(reads: Shape | 'anything'): Shape {
  return { members: { request: 'request', answer: { reads } } };
}

const facts = {
  title: 'text',
  placeholder: 'text',
  reference: 'text',
  outcomes: 'list',
  replies: 'list',
  unknown: 'list',
  webhook: { optional: 'text' },
} satisfies MembersOf<ProviderFacts>;

const definition = {
  name: 'text',
  noun: 'text',
  credential: 'text',
  schema: 'object',
  reserved: 'list',
  lowered: 'list',
  rendered: 'list',
  secretMembers: 'list',
  facts: { members: facts },
  hasPlaceholder: 'function',
  check: 'function',
  open: 'function',
  sandbox: { optional: { members: { open: 'function', basePath: 'text' } } },
} satisfies MembersOf<ProviderDefinition>;

const resource = {
  list: { can: { members: { whole: 'boolean', ...pull } } },
  read: operation(live),
  create: { can: operation(live) },
  update: operation(live),
  written: { optional: 'function' },
  remove: { can: operation('anything') },
  marks: 'boolean',
  defaults: 'object',
  fixed: 'list',
  asRead: { optional: 'function' },
  whole: { optional: 'list' },
  parts: { optional: { members: { of: 'function', changedBy: 'function' } } },
  print: 'function',
  parse: 'function',
  placeholders: 'function',
  byHand: 'function',
} satisfies MembersOf<ResourceCodec>;

const lookUp = {
  complete: 'boolean',
  settleMs: 'number',
  find: 'pulls',
  wave: { can: 'pulls' },
} satisfies MembersOf<CallCodec['lookUp']>;

const calls = {
  batch: 'number',
  perSecond: { optional: 'number' },
  perRequest: 'list',
  checkCall: 'function',
  place: operation('handles'),
  cancel: { can: operation('anything') },
  transcript: { optional: { can: operation('text') } },
  scheduledMs: 'instant',
  event: { can: { members: { about: 'function' } } },
  follow: 'pulls',
  lookUp: { members: lookUp },
  meaningOf: 'function',
  followUp: { members: { everyMs: 'number', forMs: 'number' } },
  labelReply: 'function',
} satisfies MembersOf<CallCodec>;

const account = {
  origins: 'list',
  headers: 'function',
  explain: 'words',
  resource: { members: resource },
  calls: { members: calls },
} satisfies MembersOf<Account>;

/** Of what a module exports. */
export const definitionShape: Shape = { members: definition };
/** Of what `open` of a definition gives. */
export const accountShape: Shape = { members: account };

const words: Readonly<Record<Extract<Shape, string>, string>> = {
  text: 'text',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  handles: 'a list of handles, undefined where a call has none',
  object: 'an object',
  function: 'a function',
  request: 'a function',
  pulls: 'a function',
  instant: 'a function',
  words: 'a function',
};

/** What a value lacks, as `calls.place.answer (a function)`; nothing where it is as it must be. */
export function lacks(value: unknown, shape: Shape, path = ''): readonly string[] {
  if (typeof shape === 'string') return isOf(value, shape) ? [] : [`${path} (${words[shape]})`];
  if ('reads' in shape) return lacks(value, 'function', path);
  if ('optional' in shape) return value === undefined ? [] : lacks(value, shape.optional, path);
  const members = membersOf(value);
  if ('can' in shape) return typeof members['cannot'] === 'string' ? [] : lacks(value, shape.can, path);
  if (typeof value !== 'object' || value === null) return [`${path || 'the definition'} (an object)`];
  return Object.entries(shape.members).flatMap(([name, member]) =>
    lacks(members[name], member, path === '' ? name : `${path}.${name}`),
  );
}

/** The members of an object, of its class too; of anything else none. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object(value) : {};
}

function isOf(value: unknown, kind: Extract<Shape, string>): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value !== '';
    case 'number':
    case 'boolean':
      return typeof value === kind;
    case 'list':
      return Array.isArray(value);
    case 'handles':
      return Array.isArray(value) && value.every((one) => one === undefined || isHandle(one));
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'function':
    case 'request':
    case 'pulls':
    case 'instant':
    case 'words':
      return typeof value === 'function';
  }
}

/** A handle by which nobody finds the call would make it accepted and never followed. */
function isHandle(value: unknown): boolean {
  const { batchId, callId } = membersOf(value);
  const ids = [batchId, callId].filter((id) => id !== undefined);
  return ids.length > 0 && ids.every((id) => typeof id === 'string' && id !== '');
}
