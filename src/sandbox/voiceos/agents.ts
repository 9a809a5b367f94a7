/** VoiceOS agents: https://docs.voiceos.io/api-reference/agents, read 2026-11-21. */
import type { Faults } from '../faults.ts';
import type { Asked, Reply } from '../frame.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import { isoTime } from '../time-text.ts';
import type { Account, Agent } from './account.ts';
import { agentConfiguration } from './agent-configuration.ts';
import { ok, problem, unprocessable, withExtras } from './answers.ts';
import { listing } from './listing.ts';
import { readMembers, type Issue, type Member } from './shape.ts';

export function createAgent(account: Account, faults: Faults, { body }: Asked): Reply {
  const read = readConfiguration(body, agentConfiguration);
  if ('issues' in read) return unprocessable(read.issues);
  const nowMs = serverMs(account, faults);
  const kept = { ...blank(), ...without(read.members, faults['drop-field'] ?? []) };
  const agent = { id: account.newId(), configuration: kept, createdMs: nowMs, updatedMs: nowMs };
  return store(account, faults, agent);
}

export function listAgents(account: Account, faults: Faults, asked: Asked): Reply {
  const all = [...account.agents.values()];
  return listing(
    asked,
    faults,
    () => all,
    (agent) => agentItem(account, faults, agent),
  );
}

export function readAgent(account: Account, faults: Faults, { params }: Asked): Reply {
  const agent = account.agents.get(params['id'] ?? '');
  return agent === undefined ? missing() : ok(agentItem(account, faults, agent));
}

/**
 * Parts that are named take the place of those that are there, metadata and lists too: whether they do is not documented.
 * With `strict-put` a duration that is left out goes back to its default, as the vendor's SDK would send it.
 */
export function updateAgent(account: Account, faults: Faults, { params, body }: Asked): Reply {
  const before = account.agents.get(params['id'] ?? '');
  if (before === undefined) return missing();
  const named = isObject(body) ? Object.entries(agentConfiguration).filter(([name]) => Object.hasOwn(body, name)) : [];
  const read = readConfiguration(body, Object.fromEntries(named));
  if ('issues' in read) return unprocessable(read.issues);
  const reset = faults['strict-put'] === true ? { max_duration_seconds: 600 } : {};
  const written = without(read.members, faults['drop-field'] ?? []);
  return store(account, faults, {
    ...before,
    configuration: { ...before.configuration, ...reset, ...written },
    updatedMs: serverMs(account, faults),
  });
}

/** Gives the deleted agent. Calls under way go on. */
export function deleteAgent(account: Account, faults: Faults, { params }: Asked): Reply {
  const agent = account.agents.get(params['id'] ?? '');
  if (agent === undefined) return missing();
  account.agents.delete(agent.id);
  return ok(agentItem(account, faults, agent));
}

/** An agent as every endpoint shows it. */
export function agentItem(account: Account, faults: Faults, agent: Agent): object {
  return withExtras(
    {
      ...agent.configuration,
      uri: `/agents/${agent.id}`,
      account_id: account.id,
      created_at: isoTime(agent.createdMs),
      updated_at: isoTime(agent.updatedMs),
      id: agent.id,
    },
    faults,
  );
}

/** A body's members with their defaults, or all that is wrong with it. */
export function readConfiguration(
  body: unknown,
  members: Readonly<Record<string, Member>>,
  loc: readonly string[] = ['body'],
): { readonly members: JsonObject } | { readonly issues: readonly Issue[] } {
  if (!isObject(body)) return { issues: [{ loc, msg: 'value is not a valid dict', type: 'type_error.dict' }] };
  const issues: Issue[] = [];
  const read = readMembers(body, members, { loc, issues });
  return issues.length > 0 ? { issues } : { members: read };
}

/** The configuration of an agent of which nothing was said. */
export function blank(): JsonObject {
  return readMembers({}, agentConfiguration, { loc: [], issues: [] });
}

export function serverMs({ clock }: Account, faults: Faults): number {
  return clock.now() + (faults['clock-skew'] ?? 0);
}

function store(account: Account, faults: Faults, agent: Agent): Reply {
  account.agents.set(agent.id, agent);
  return ok(agentItem(account, faults, agent));
}

function missing(): Reply {
  return problem(404, 'Agent not found');
}

function without(members: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}
