import type { Clock, Random } from '../../ports.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Life } from '../life.ts';

/** As it goes on the wire, without what the server adds. */
export type Agent = {
  readonly id: string;
  readonly configuration: JsonObject;
  /** Epoch milliseconds of the server's clock. */
  readonly createdMs: number;
  readonly updatedMs: number;
};

export type Conversation = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** A copy: what happens to the agent later does not show. */
  readonly configuration: JsonObject;
  readonly agentId: string | null;
  readonly life: Life;
  /** What it ends with. */
  readonly finalStatus: string;
  /** Epoch milliseconds of the server's clock. */
  readonly createdMs: number;
  /** The same moment on the monotonic clock. */
  readonly placedMs: number;
};

/** What the provider knows. */
export type Account = {
  readonly id: string;
  readonly agents: Map<string, Agent>;
  /** Oldest first. */
  readonly conversations: Conversation[];
  readonly byId: Map<string, Conversation>;
  readonly newId: () => string;
  readonly clock: Clock;
};

/** Ids are opaque: their form is invented. */
export function newAccount(clock: Clock, random: Random): Account {
  const newId = (): string => random.hex(11);
  return { id: newId(), agents: new Map(), conversations: [], byId: new Map(), newId, clock };
}

export function record(account: Account, conversation: Conversation): void {
  account.conversations.push(conversation);
  account.byId.set(conversation.id, conversation);
}
