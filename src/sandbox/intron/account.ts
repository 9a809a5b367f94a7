import type { Clock, Random } from '../../ports.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Life } from '../life.ts';
import { uuid } from '../uuid.ts';

/** As it goes on the wire. */
export type Workflow = {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly workflow_type: WorkflowType;
  readonly message: string;
  readonly include_reply: boolean;
  readonly option_one: string | null;
  readonly option_two: string | null;
  readonly call_back_url: string | null;
};

export type WorkflowType = 'ROBOCALL' | 'CONVERSATION';

/** One request to place calls; its id is the batch id of its calls. */
export type Batch = {
  readonly id: string;
  readonly workflow: Workflow;
  readonly accent: string;
  readonly gender: string;
  /** The entries as they were sent. */
  readonly params: readonly JsonObject[];
  /** Epoch milliseconds of the server's clock. */
  readonly createdMs: number;
  /** The same moment on the monotonic clock. */
  readonly placedMs: number;
  readonly calls: readonly Call[];
};

export type Call = {
  readonly id: string;
  readonly batchId: string;
  readonly phone: string;
  readonly tags: JsonObject;
  readonly variables: JsonObject;
  /** What is said: the workflow's message with the variables in it. */
  readonly message: string;
  readonly life: Life;
  /** What it ends with. */
  readonly finalStatus: string;
  /** The option that will be chosen. */
  readonly option: string | null;
  readonly createdMs: number;
  readonly placedMs: number;
};

/** What belongs to one workflow, oldest first, with the ways in which it is asked for. */
export type Records = {
  readonly batches: Batch[];
  readonly calls: Call[];
  readonly byBatch: Map<string, readonly Call[]>;
  readonly byPhone: Map<string, Call[]>;
};

/** What the provider knows. Records outlive their workflow. */
export type Account = {
  readonly workflows: Map<string, Workflow>;
  readonly records: Map<string, Records>;
  readonly newId: () => string;
  readonly clock: Clock;
};

export function newAccount(clock: Clock, random: Random): Account {
  return { workflows: new Map(), records: new Map(), newId: () => uuid(random), clock };
}

export function recordsOf(account: Account, workflowId: string): Records {
  const known = account.records.get(workflowId);
  if (known !== undefined) return known;
  const records: Records = { batches: [], calls: [], byBatch: new Map(), byPhone: new Map() };
  account.records.set(workflowId, records);
  return records;
}

export function record(records: Records, batch: Batch): void {
  records.batches.push(batch);
  records.byBatch.set(batch.id, batch.calls);
  for (const call of batch.calls) {
    records.calls.push(call);
    const same = records.byPhone.get(call.phone);
    if (same === undefined) records.byPhone.set(call.phone, [call]);
    else same.push(call);
  }
}

/** QUEUED and IN_PROGRESS are invented: the page shows COMPLETED only. */
export function statusOf(call: Call, nowMs: number): string {
  const ageMs = nowMs - call.placedMs;
  if (ageMs < call.life.underWayAtMs) return 'QUEUED';
  return ageMs < call.life.endsAtMs ? 'IN_PROGRESS' : call.finalStatus;
}

export function hasEnded(call: Call, nowMs: number): boolean {
  return nowMs - call.placedMs >= call.life.endsAtMs;
}
