/** Placing calls: pages intron-conversation-call and robocall-call, read 2026-11-21. */
import { strikes, type Faults } from '../faults.ts';
import type { Asked, Reply } from '../frame.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import type { Ending, Life } from '../life.ts';
import type { Random } from '../../ports.ts';
import { type Account, type Batch, type Call, type Workflow, type WorkflowType, record, recordsOf } from './account.ts';
import { readEntry, type Entry } from './entry.ts';
import { problem, success, withExtras } from './envelope.ts';

/** All but COMPLETED are invented; the stats of a workflow hint at a time-out. */
const statuses: Readonly<Record<Ending, string>> = {
  replied: 'COMPLETED',
  answered: 'COMPLETED',
  no_answer: 'TIMEOUT',
  busy: 'BUSY',
  voicemail: 'VOICEMAIL',
  failed: 'FAILED',
};

const unknownStatus = 'ESCALATED';

/** What placing needs besides the request. */
export type Placing = {
  readonly account: Account;
  readonly faults: Faults;
  readonly random: Random;
  readonly lifeOf: (phone: string) => Life;
};

/** Places all calls of a request, or none. */
export function placeCalls(placing: Placing, asked: Asked): Reply {
  const { account, faults } = placing;
  const { body } = asked;
  if (!isObject(body)) return problem(400, 'the body is not an object');
  const id = body['workflow_id'];
  if (typeof id !== 'string' || id === '') return problem(400, 'workflow_id is required');
  const workflow = account.workflows.get(id);
  if (workflow === undefined) return problem(404, 'workflow not found');
  const type = expectedType(asked);
  if (type !== undefined && type !== workflow.workflow_type) return problem(400, `the workflow is not of type ${type}`);
  const wrong = wrongVoice(body, workflow);
  if (wrong !== undefined) return problem(400, wrong);
  const entries = readEntries(body['workflow_params'], workflow);
  if ('wrong' in entries) return problem(400, entries.wrong);

  const batch = batchOf(placing, { workflow, body, entries: entries.all });
  record(recordsOf(account, workflow.id), batch);
  const data = withExtras(faults['missing-entry'] === true ? {} : { batch_id: batch.id }, faults);
  return { ...success('batch request created successfully', data), dials: batch.calls.map(dialOf) };
}

/** The two hosts, or in newer pages the two paths, place two types of call; over loopback the workflow decides. */
function expectedType({ path, hostname }: Asked): WorkflowType | undefined {
  if (path.startsWith('/robocall')) return 'ROBOCALL';
  if (path.startsWith('/convobot') || hostname.startsWith('convobot.')) return 'CONVERSATION';
  return hostname.startsWith('voicebot.') ? 'ROBOCALL' : undefined;
}

/** Conversations know two accents; the page of robocalls lists some 45, of which any name is taken here. */
function wrongVoice(body: JsonObject, workflow: Workflow): string | undefined {
  const { tts_voice_accent: accent = 'pidgin', tts_voice_gender: gender = 'female' } = body;
  const two = workflow.workflow_type === 'CONVERSATION';
  if (typeof accent !== 'string' || (two && accent !== 'pidgin' && accent !== 'english')) {
    return 'tts_voice_accent must be pidgin or english';
  }
  return gender === 'male' || gender === 'female' ? undefined : 'tts_voice_gender must be male or female';
}

function readEntries(
  params: unknown,
  workflow: Workflow,
): { readonly all: readonly Entry[] } | { readonly wrong: string } {
  if (!Array.isArray(params) || params.length === 0) return { wrong: 'workflow_params must be a list with entries' };
  const all: Entry[] = [];
  for (const [index, param] of params.entries()) {
    const entry = readEntry(param, workflow);
    if ('wrong' in entry) return { wrong: `workflow_params[${String(index)}]: ${entry.wrong}` };
    all.push(entry);
  }
  return { all };
}

type Order = { readonly workflow: Workflow; readonly body: JsonObject; readonly entries: readonly Entry[] };

function batchOf(placing: Placing, { workflow, body, entries }: Order): Batch {
  const { clock, newId } = placing.account;
  const id = newId();
  const { tts_voice_accent: accent, tts_voice_gender: gender } = body;
  const createdMs = clock.now() + (placing.faults['clock-skew'] ?? 0);
  const placedMs = clock.monotonic();
  return {
    id,
    workflow,
    accent: typeof accent === 'string' ? accent : 'pidgin',
    gender: typeof gender === 'string' ? gender : 'female',
    params: entries.map((entry) => entry.sent),
    createdMs,
    placedMs,
    calls: entries.map((entry) => ({ ...callOf(placing, workflow, entry), batchId: id, createdMs, placedMs })),
  };
}

function callOf(
  { account, faults, random, lifeOf }: Placing,
  workflow: Workflow,
  { phone, tags, variables, message }: Entry,
): Omit<Call, 'batchId' | 'createdMs' | 'placedMs'> {
  const life = lifeOf(phone);
  const option = life.ending === 'replied' && workflow.include_reply ? chosen(workflow, life.choice) : null;
  const finalStatus = strikes(faults, 'unknown-status', random) ? unknownStatus : statuses[life.ending];
  return { id: account.newId(), phone, tags, variables, message, life, finalStatus, option };
}

function chosen({ option_two: second }: Workflow, choice: number): string {
  return second === null || choice < 0.5 ? '1' : '2';
}

function dialOf({ phone, id, batchId, tags, variables }: Call): NonNullable<Reply['dials']>[number] {
  return { phone, call_id: id, batch_id: batchId, tags, variables };
}
