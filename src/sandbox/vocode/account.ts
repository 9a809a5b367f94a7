import type { Clock, Random } from '../../ports.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Life } from '../life.ts';
import { uuid } from '../uuid.ts';
import type { Kind } from './shapes.ts';

/** An object as it is kept: an agent's nested objects by their uuids. */
export type Kept = JsonObject & { readonly id: string; readonly user_id: string };

export type Call = {
  readonly id: string;
  /** The request, with what it left out. */
  readonly asked: JsonObject;
  readonly agentId: string;
  /** With a plus. */
  readonly phone: string;
  readonly context: JsonObject;
  readonly life: Life;
  /** Whether who replied was put through to somebody. */
  readonly transfers: boolean;
  readonly listens: boolean;
  /** What it ends with, where that is no status of any page. */
  readonly oddStatus?: string;
  /** Epoch milliseconds of the server's clock. */
  readonly createdMs: number;
  /** The same moment on the monotonic clock. */
  readonly placedMs: number;
};

/** What the provider knows. */
export type Account = {
  readonly userId: string;
  readonly connectionId: string;
  readonly agents: Map<string, Kept>;
  readonly objects: Readonly<Record<Kind, Map<string, Kept>>>;
  /** Oldest first. */
  readonly calls: Call[];
  readonly callsById: Map<string, Call>;
  /** When somebody ended a call, on the monotonic clock. */
  readonly endedMs: Map<string, number>;
  readonly newId: () => string;
  readonly clock: Clock;
};

export function newAccount(clock: Clock, random: Random): Account {
  const newId = (): string => uuid(random);
  return {
    userId: newId(),
    connectionId: newId(),
    agents: new Map(),
    objects: {
      prompts: new Map(),
      voices: new Map(),
      actions: new Map(),
      webhooks: new Map(),
      vector_databases: new Map(),
      account_connections: new Map(),
    },
    calls: [],
    callsById: new Map(),
    endedMs: new Map(),
    newId,
    clock,
  };
}

export function keep(account: Account, kind: Kind, fields: JsonObject): Kept {
  const id = account.newId();
  const kept = { id, user_id: account.userId, ...fields };
  account.objects[kind].set(id, kept);
  return kept;
}

/**
 * An object that a campaign names by its uuid. A sandbox has no past, so one that it does not know is made up when it is
 * first named: a campaign that was written for a real account can be tried.
 */
export function named(account: Account, kind: Kind, id: string): Kept {
  const known = account.objects[kind].get(id);
  if (known !== undefined) return known;
  const madeUp = { id, user_id: account.userId, ...unknownObjects[kind] };
  account.objects[kind].set(id, madeUp);
  return madeUp;
}

const unknownObjects: Readonly<Record<Kind, JsonObject>> = {
  prompts: {
    content: 'What this prompt says is known to the provider alone.',
    collect_fields: null,
    context_endpoint: null,
    prompt_template: null,
  },
  voices: { type: 'voice_vocode', voice_id: 'joe' },
  actions: {
    type: 'action_end_conversation',
    config: {},
    action_trigger: { type: 'action_trigger_function_call', config: {} },
  },
  webhooks: { subscriptions: [], url: 'https://unknown.example/', method: 'POST' },
  vector_databases: {
    type: 'vector_database_pinecone',
    index: 'unknown',
    api_key: 'made-up',
    api_environment: 'unknown',
  },
  account_connections: { type: 'account_connection_openai', credentials: { openai_api_key: 'made-up' } },
};
