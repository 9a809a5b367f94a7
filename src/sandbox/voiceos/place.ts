/** Placing a call: page voiceos-create-phone-call, read 2026-11-21. */
import { strikes, type Faults } from '../faults.ts';
import type { Asked, Reply } from '../frame.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import type { Life } from '../life.ts';
import type { Random } from '../../ports.ts';
import { type Account, type Conversation, record } from './account.ts';
import { agentConfiguration } from './agent-configuration.ts';
import { readConfiguration, serverMs } from './agents.ts';
import { ok, problem, unprocessable } from './answers.ts';
import { conversationItem } from './conversations.ts';
import { nullable, readMembers, text, type Issue } from './shape.ts';

/** In no list of statuses. */
const unknownStatus = 'transferred';

/** What placing needs besides the request. */
export type Placing = {
  readonly account: Account;
  readonly faults: Faults;
  readonly random: Random;
  readonly lifeOf: (phone: string) => Life;
};

export function placeCall(placing: Placing, { body }: Asked): Reply {
  const { account, faults } = placing;
  const order = readOrder(body);
  if ('issues' in order) return unprocessable(order.issues);
  const agent = agentOf(account, order);
  if ('reply' in agent) return agent.reply;
  const conversation = conversationOf(placing, order, agent);
  record(account, conversation);
  const { id: _id, ...item } = conversationItem(account, faults, conversation);
  const metadata = conversation.configuration['metadata'];
  return {
    ...ok(faults['missing-entry'] === true ? item : { ...item, id: conversation.id }),
    dials: [{ phone: order.to, call_id: conversation.id, tags: isObject(metadata) ? metadata : {}, variables: {} }],
  };
}

type Order = {
  readonly from: string;
  readonly to: string;
  readonly agentId: string | null;
  readonly configuration: unknown;
};

/** What makes a number wrong is not documented; here one without its country code is. */
function readOrder(body: unknown): Order | { readonly issues: readonly Issue[] } {
  if (!isObject(body))
    return { issues: [{ loc: ['body'], msg: 'value is not a valid dict', type: 'type_error.dict' }] };
  const issues: Issue[] = [];
  const {
    from_number: from,
    to_number: to,
    agent_id: agentId,
  } = readMembers(
    body,
    {
      from_number: { shape: text() },
      to_number: { shape: text() },
      agent_id: { shape: nullable(text()), fallback: null },
    },
    { loc: ['body'], issues },
  );
  for (const [name, number] of Object.entries({ from_number: from, to_number: to })) {
    if (typeof number !== 'string' || /^\+[1-9]\d{6,14}$/.test(number)) continue;
    issues.push({ loc: ['body', name], msg: 'value is not a valid phone number', type: 'value_error' });
  }
  if (issues.length > 0) return { issues };
  const configuration = body['agent_config'] ?? null;
  return { from: String(from), to: String(to), agentId: typeof agentId === 'string' ? agentId : null, configuration };
}

type Spoken = { readonly agentId: string | null; readonly configuration: JsonObject };

/** Where both are given, or neither, nothing is documented: the configuration wins, and neither is refused. */
function agentOf(account: Account, { agentId, configuration }: Order): Spoken | { readonly reply: Reply } {
  if (configuration !== null) {
    const read = readConfiguration(configuration, agentConfiguration, ['body', 'agent_config']);
    return 'issues' in read ? { reply: unprocessable(read.issues) } : { agentId: null, configuration: read.members };
  }
  if (agentId === null) return { reply: problem(400, 'Either agent_id or agent_config must be provided') };
  const agent = account.agents.get(agentId);
  if (agent === undefined) return { reply: problem(404, 'Agent not found') };
  return { agentId, configuration: agent.configuration };
}

function conversationOf({ account, faults, random, lifeOf }: Placing, order: Order, agent: Spoken): Conversation {
  return {
    ...agent,
    id: account.newId(),
    from: order.from,
    to: order.to,
    life: lifeOf(order.to),
    finalStatus: strikes(faults, 'unknown-status', random) ? unknownStatus : 'ended',
    createdMs: serverMs(account, faults),
    placedMs: account.clock.monotonic(),
  };
}
