/** Intron's workflows: https://docs.voice.intron.io/docs/voicebot/workflow, read 2026-11-21. */
import type { Faults } from '../faults.ts';
import type { Asked, Reply } from '../frame.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import type { Account, Workflow } from './account.ts';
import { ok, problem, withExtras } from './envelope.ts';

type Fields = Omit<Workflow, 'id'>;

type Rule = { readonly test: (value: unknown) => boolean; readonly needs: string };

const text: Rule = { test: (value) => typeof value === 'string' && value !== '', needs: 'a text that is not empty' };
const anyText: Rule = { test: (value) => value === null || typeof value === 'string', needs: 'a text' };

/** What a body may hold. Other keys are ignored, as nothing says otherwise. */
const rules: Readonly<Record<keyof Fields, Rule>> = {
  name: text,
  description: anyText,
  workflow_type: {
    test: (value) => value === 'ROBOCALL' || value === 'CONVERSATION',
    needs: 'ROBOCALL or CONVERSATION',
  },
  message: text,
  include_reply: { test: (value) => typeof value === 'boolean', needs: 'true or false' },
  option_one: anyText,
  option_two: anyText,
  call_back_url: anyText,
};

const names = [
  'name',
  'description',
  'workflow_type',
  'message',
  'include_reply',
  'option_one',
  'option_two',
  'call_back_url',
] as const;

/** `workflow_type` is documented as required and as defaulted; here it is required. */
const required = ['name', 'workflow_type', 'message'] as const;

const blank: Fields = {
  name: '',
  description: null,
  workflow_type: 'ROBOCALL',
  message: '',
  include_reply: false,
  option_one: null,
  option_two: null,
  call_back_url: null,
};

export function createWorkflow(account: Account, faults: Faults, { body }: Asked): Reply {
  if (!isObject(body)) return problem(400, 'the body is not an object');
  const missing = required.find((name) => !(name in body));
  if (missing !== undefined) return problem(400, `${missing} is required`);
  if (!areFields(body)) return problem(400, wrongWith(body));
  return store(account, faults, {
    workflow: { ...blank, id: account.newId(), ...kept(body, faults) },
    message: 'workflow created successfully',
  });
}

export function listWorkflows(account: Account, faults: Faults): Reply {
  const workflows = [...account.workflows.values()].map((workflow) => withExtras(workflow, faults));
  return ok('workflows retrieved successfully', workflows);
}

export function readWorkflow(account: Account, faults: Faults, { params }: Asked): Reply {
  const workflow = account.workflows.get(params['id'] ?? '');
  if (workflow === undefined) return problem(404, 'workflow not found');
  return ok('workflow retrieved successfully', withExtras(workflow, faults));
}

/** Merges, since every field of the table is optional; with `strict-put` what has a documented default goes back to it. */
export function updateWorkflow(account: Account, faults: Faults, { params, body }: Asked): Reply {
  const before = account.workflows.get(params['id'] ?? '');
  if (before === undefined) return problem(404, 'workflow not found');
  if (!isObject(body)) return problem(400, 'the body is not an object');
  if (!areFields(body)) return problem(400, wrongWith(body));
  const { include_reply, workflow_type } = blank;
  const reset = faults['strict-put'] === true ? { include_reply, workflow_type } : {};
  return store(account, faults, {
    workflow: { ...before, ...reset, ...kept(body, faults) },
    message: 'workflow updated successfully',
  });
}

/** Batches under way go on. */
export function deleteWorkflow(account: Account, { params }: Asked): Reply {
  if (!account.workflows.delete(params['id'] ?? '')) return problem(404, 'workflow not found');
  return ok('workflow deleted successfully', {});
}

function store(
  account: Account,
  faults: Faults,
  { workflow, message }: { readonly workflow: Workflow; readonly message: string },
): Reply {
  account.workflows.set(workflow.id, workflow);
  return ok(message, withExtras(workflow, faults));
}

function areFields(body: JsonObject): body is Partial<Fields> {
  return wrongFields(body).length === 0;
}

function wrongWith(body: JsonObject): string {
  return wrongFields(body)
    .map((name) => `${name} must be ${rules[name].needs}`)
    .join(', ');
}

function wrongFields(body: JsonObject): readonly (keyof Fields)[] {
  return names.filter((name) => name in body && !rules[name].test(body[name]));
}

/** Known fields of a body, but for those that the server drops. */
function kept(body: Partial<Fields>, faults: Faults): Partial<Fields> {
  const dropped = faults['drop-field'] ?? [];
  let fields: Partial<Fields> = {};
  for (const name of names) {
    if (name in body && !dropped.includes(name)) fields = { ...fields, [name]: body[name] };
  }
  return fields;
}
