/** Vocode's calls: page create-call and the OpenAPI description, read 2026-11-21. */
import { strikes, type Faults } from '../faults.ts';
import type { Asked, Reply } from '../frame.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import type { Life } from '../life.ts';
import { seenUntil } from '../page.ts';
import type { Random } from '../../ports.ts';
import { named, type Account, type Call, type Kept } from './account.ts';
import { makeAgent } from './agents.ts';
import { callItem, hasEnded, normalizedCall } from './call-item.ts';
import { idOf, listing, ok, problem, unprocessable } from './envelope.ts';
import { filled, wrongIn, type Wrong } from './shape.ts';
import { call as callShape } from './shapes.ts';

/** What placing needs besides the request. */
export type Placing = {
  readonly account: Account;
  readonly faults: Faults;
  readonly random: Random;
  readonly lifeOf: (phone: string) => Life;
};

export function createCall(placing: Placing, { body }: Asked): Reply {
  const { account, faults } = placing;
  const wrong = wrongIn(body, callShape, { loc: ['body'], partial: false });
  if (wrong.length > 0 || !isObject(body)) return unprocessable(wrong);
  const found = agentOf(placing, body['agent']);
  if ('reply' in found) return found.reply;
  const asked = filled(body, callShape);
  const context = isObject(asked['context']) ? asked['context'] : {};
  const missing = missingNames(account, found.agent, context);
  if (missing.length > 0) return unprocessable(missing);
  const call = placed(placing, { asked, agent: found.agent, context });
  account.calls.push(call);
  account.callsById.set(call.id, call);
  const dial = { phone: call.phone, call_id: call.id, tags: context, variables: context };
  const item = callItem(account, faults, call);
  return { ...ok(faults['missing-entry'] === true ? { ...item, id: undefined } : item), dials: [dial] };
}

export function readCall(account: Account, faults: Faults, asked: Asked): Reply {
  return withCall(account, asked, (call) => ok(callItem(account, faults, call)));
}

export function listCalls(account: Account, faults: Faults, asked: Asked): Reply {
  const lagMs = faults['list-lag'] ?? 0;
  const seen = seenUntil(account.calls, ({ placedMs }) => placedMs, account.clock.monotonic() - lagMs);
  return listing(asked, seen, { faults, itemOf: (call) => normalizedCall(account, faults, call) });
}

/** What ending a call does that is over is not documented: nothing here. */
export function endCall(account: Account, faults: Faults, asked: Asked): Reply {
  return withCall(account, asked, (call) => {
    if (!hasEnded(account, call)) account.endedMs.set(call.id, account.clock.monotonic());
    return ok(callItem(account, faults, call));
  });
}

function withCall(account: Account, asked: Asked, reply: (call: Call) => Reply): Reply {
  const found = idOf(asked);
  if ('wrong' in found) return found.wrong;
  const call = account.callsById.get(found.id);
  return call === undefined ? problem(404, 'Call not found') : reply(call);
}

/** An agent that is written out in the request becomes one of the account; no page says that it does not. */
function agentOf({ account, faults }: Placing, value: unknown): { readonly agent: Kept } | { readonly reply: Reply } {
  if (typeof value === 'string') {
    const agent = account.agents.get(value);
    return agent === undefined ? { reply: problem(404, 'Agent not found') } : { agent };
  }
  const { shape } = callShape.members['agent'] ?? {};
  if (shape?.kind !== 'nested' || shape.of.kind !== 'members') return { reply: problem(404, 'Agent not found') };
  const made = makeAgent(account, faults, { body: value, shape: shape.of, loc: ['body', 'agent'] });
  return 'wrong' in made ? { reply: unprocessable(made.wrong) } : made;
}

/** Invented: a call whose prompt would be said with holes in it is refused. */
function missingNames(account: Account, agent: Kept, context: JsonObject): readonly Wrong[] {
  const { content, prompt_template: template } = named(account, 'prompts', String(agent['prompt']));
  const keys: unknown = isObject(template) ? template['required_context_keys'] : [];
  const names = [...String(content).matchAll(/\$\{([^{}]+)\}/g)].map(([, name = '']) => name.trim());
  return [...new Set([...names, ...(Array.isArray(keys) ? keys.map(String) : [])])]
    .filter((name) => !Object.hasOwn(context, name))
    .map((name) => ({ loc: ['body', 'context', name], msg: 'Field required', type: 'missing' }));
}

function placed(
  { account, faults, random, lifeOf }: Placing,
  { asked, agent, context }: { readonly asked: JsonObject; readonly agent: Kept; readonly context: JsonObject },
): Call {
  const phone = `+${String(asked['to_number']).replace('+', '')}`;
  const actions: unknown = agent['actions'];
  const types = Array.isArray(actions) ? actions.map((id) => named(account, 'actions', String(id))['type']) : [];
  const listens = asked['run_do_not_call_detection'] ?? agent['run_do_not_call_detection'];
  return {
    id: account.newId(),
    asked,
    agentId: agent.id,
    phone,
    context,
    life: lifeOf(phone),
    transfers: types.includes('action_transfer_call'),
    listens: listens === true,
    ...(strikes(faults, 'unknown-status', random) ? { oddStatus: 'escalated' } : {}),
    createdMs: account.clock.now() + (faults['clock-skew'] ?? 0),
    placedMs: account.clock.monotonic(),
  };
}
