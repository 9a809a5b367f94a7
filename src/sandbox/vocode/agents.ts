/** Vocode's agents: their nested objects go by uuid or with their fields, and come expanded, or as uuids in the listing. */
import type { Faults } from '../faults.ts';
import type { Asked, Reply } from '../frame.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import { named, type Account, type Kept } from './account.ts';
import { idOf, listing, ok, problem, unprocessable, withExtras } from './envelope.ts';
import { create, update } from './objects.ts';
import { filled, given, wrongIn, type Members, type Wrong } from './shape.ts';
import { agent, agentUpdate, nestedIn, type Kind } from './shapes.ts';

export function createAgent(account: Account, faults: Faults, { body }: Asked): Reply {
  const made = makeAgent(account, faults, { body, shape: agent, loc: ['body'] });
  return 'wrong' in made ? unprocessable(made.wrong) : ok(agentItem(account, faults, made.agent));
}

/** An agent of its fields, those of an agent in a call too. */
export function makeAgent(
  account: Account,
  faults: Faults,
  { body, shape, loc }: { readonly body: unknown; readonly shape: Members; readonly loc: Wrong['loc'] },
): { readonly agent: Kept } | { readonly wrong: readonly Wrong[] } {
  const wrong = wrongIn(body, shape, { loc, partial: false });
  if (wrong.length > 0 || !isObject(body)) return { wrong };
  const fields = filled(kept(body, faults), shape);
  const pointed = Object.fromEntries(
    Object.entries(nestedIn).map(([name, kind]) => [name, pointTo(account, kind, fields[name], [...loc, name])]),
  );
  const actions = itemsOf(fields['actions']).map((item, at) =>
    pointTo(account, 'actions', item, [...loc, 'actions', at]),
  );
  const made = { id: account.newId(), user_id: account.userId, ...fields, ...pointed, actions };
  account.agents.set(made.id, made);
  return { agent: made };
}

export function readAgent(account: Account, faults: Faults, asked: Asked): Reply {
  return withAgent(account, asked, (found) => ok(agentItem(account, faults, found)));
}

export function listAgents(account: Account, faults: Faults, asked: Asked): Reply {
  return listing(asked, [...account.agents.values()], { faults, itemOf: (item) => withExtras(item, faults) });
}

export function updateAgent(account: Account, faults: Faults, asked: Asked): Reply {
  return withAgent(account, asked, (before) => {
    const { body } = asked;
    const wrong = wrongIn(body, agentUpdate, { loc: ['body'], partial: true });
    if (wrong.length > 0 || !isObject(body)) return unprocessable(wrong);
    const changes = given(kept(body, faults), agentUpdate);
    const nested = nestedChanges(account, before, changes);
    if (nested.wrong.length > 0) return unprocessable(nested.wrong);
    const after = { ...before, ...changes, ...nested.ids };
    account.agents.set(after.id, after);
    return ok(agentItem(account, faults, after));
  });
}

/** The whole agent, its nested objects expanded. */
export function agentItem(account: Account, faults: Faults, found: Kept): object {
  const expanded = Object.entries(nestedIn).map(([name, kind]) => {
    const id = found[name];
    return [name, typeof id === 'string' ? named(account, kind, id) : null];
  });
  const actions = itemsOf(found['actions']).map((id) => named(account, 'actions', String(id)));
  return withExtras({ ...found, ...Object.fromEntries(expanded), actions }, faults);
}

function withAgent(account: Account, asked: Asked, reply: (found: Kept) => Reply): Reply {
  const found = idOf(asked);
  if ('wrong' in found) return found.wrong;
  const known = account.agents.get(found.id);
  return known === undefined ? problem(404, 'Agent not found') : reply(known);
}

/** The uuid of a nested object, which is made if it comes with its fields; they were checked with the agent. */
function pointTo(account: Account, kind: Kind, value: unknown, loc: Wrong['loc']): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return named(account, kind, value).id;
  const made = create(account, kind, value, loc);
  return 'object' in made ? made.object.id : null;
}

type Nested = { readonly ids: JsonObject; readonly wrong: readonly Wrong[] };

function nestedChanges(account: Account, before: Kept, changes: JsonObject): Nested {
  const wrong: Wrong[] = [];
  const ids: Record<string, unknown> = {};
  const point = (kind: Kind, value: unknown, at: { readonly now: unknown; readonly loc: Wrong['loc'] }): unknown => {
    const pointed = repoint(account, kind, { value, ...at });
    wrong.push(...pointed.wrong);
    return pointed.id;
  };
  for (const [name, kind] of Object.entries(nestedIn)) {
    if (name in changes) ids[name] = point(kind, changes[name], { now: before[name], loc: ['body', name] });
  }
  if ('actions' in changes) {
    const now = itemsOf(before['actions']);
    ids['actions'] = itemsOf(changes['actions']).map((item, at) =>
      point('actions', item, { now: sameType(account, item, now[at]), loc: ['body', 'actions', at] }),
    );
  }
  return { ids, wrong };
}

/**
 * A uuid points to another object. Fields change the object that the agent points to; where there is none they make
 * one, if they are whole. The second is invented: no page says what happens then.
 */
function repoint(
  account: Account,
  kind: Kind,
  { value, now, loc }: { readonly value: unknown; readonly now: unknown; readonly loc: Wrong['loc'] },
): { readonly id: string | null; readonly wrong: readonly Wrong[] } {
  if (value === null) return { id: null, wrong: [] };
  if (typeof value === 'string') return { id: named(account, kind, value).id, wrong: [] };
  if (typeof now === 'string') {
    return { id: now, wrong: update(account, kind, { object: named(account, kind, now), body: value, loc }) };
  }
  const made = create(account, kind, value, loc);
  return 'wrong' in made ? { id: null, wrong: made.wrong } : { id: made.object.id, wrong: [] };
}

/** The action that stands in this place now, if it is of the same type: invented, as an update of actions has no ids. */
function sameType(account: Account, item: unknown, now: unknown): unknown {
  if (typeof now !== 'string' || !isObject(item)) return undefined;
  return named(account, 'actions', now)['type'] === item['type'] ? now : undefined;
}

/** A body without the fields that the server drops; what an agent cannot be without stays. */
function kept(body: JsonObject, faults: Faults): JsonObject {
  const dropped = faults['drop-field'] ?? [];
  const stays = (name: string): boolean => !dropped.includes(name) || agent.members[name]?.required === true;
  return Object.fromEntries(Object.entries(body).filter(([name]) => stays(name)));
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
