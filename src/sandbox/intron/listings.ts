/** The requests and calls of a workflow: page intron-workflows, read 2026-11-21. Oldest first; the page names no order. */
import type { Faults } from '../faults.ts';
import type { Asked, Reply } from '../frame.ts';
import type { JsonObject } from '../../model/json.ts';
import { pageOf, seenUntil, type Page } from '../page.ts';
import { isoTime } from '../time-text.ts';
import { type Account, type Batch, type Call, type Records, hasEnded, recordsOf, statusOf } from './account.ts';
import { ok, problem, withExtras } from './envelope.ts';
import type { Stats } from './stats.ts';

type Paging = { readonly page: number; readonly perPage: number };

export function listRequests(
  account: Account,
  faults: Faults,
  asked: Asked,
  stats: (records: Records) => Stats,
): Reply {
  return listing(account, asked, 'workflow requests retrieved successfully', (paging, records) => {
    const page = pageOf(seen(account, faults, records.batches), paging, faults);
    return { ...pageBody(page, (batch) => requestItem(account, faults, batch)), stats: stats(records) };
  });
}

export function listCalls(account: Account, faults: Faults, asked: Asked): Reply {
  return listing(account, asked, 'workflow calls retrieved successfully', (paging, records) => {
    const found = seen(account, faults, filtered(records, asked.query, account.clock.monotonic()));
    return pageBody(pageOf(found, paging, faults), (call) => callItem(account, faults, call));
  });
}

/** One item of the requests listing. That its id is the batch id is inferred from the samples. */
export function requestItem(account: Account, faults: Faults, batch: Batch): object {
  const hidden = faults['no-echo'] === true;
  const nowMs = account.clock.monotonic();
  return withExtras(
    {
      id: batch.id,
      status: batch.calls.every((call) => hasEnded(call, nowMs)) ? 'COMPLETED' : 'IN_PROGRESS',
      input_parameters: {
        tts_voice_accent: batch.accent,
        tts_voice_gender: batch.gender,
        workflow_params: hidden ? batch.params.map(phoneOnly) : batch.params,
      },
      created_at: isoTime(batch.createdMs),
    },
    faults,
  );
}

/** One item of the calls listing. What it holds before its end is not documented: null here. */
export function callItem(account: Account, faults: Faults, call: Call): object {
  const nowMs = account.clock.monotonic();
  const hidden = faults['no-echo'] === true || faults['echo-requests-only'] === true;
  const ended = hasEnded(call, nowMs);
  return withExtras(
    {
      id: call.id,
      batch_id: call.batchId,
      status: statusOf(call, nowMs),
      phone_number: call.phone,
      user_tag_identifiers: hidden ? {} : call.tags,
      call_result_duration: ended ? call.life.seconds : null,
      call_result_options_selected: ended ? call.option : null,
      created_at: isoTime(call.createdMs),
    },
    faults,
  );
}

function listing(
  account: Account,
  { params, query }: Asked,
  message: string,
  data: (paging: Paging, records: Records) => object,
): Reply {
  const id = params['id'] ?? '';
  if (!account.workflows.has(id)) return problem(404, 'workflow not found');
  const page = wholeNumber(query.get('page') ?? '1');
  const perPage = wholeNumber(query.get('per_page') ?? '10');
  if (page === undefined || perPage === undefined)
    return problem(400, 'page and per_page must be whole numbers from 1 on');
  return ok(message, data({ page, perPage }, recordsOf(account, id)));
}

function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

function pageBody<Item>({ items, total, page, perPage }: Page<Item>, itemOf: (item: Item) => object): object {
  return { items: items.map(itemOf), total, page, per_page: perPage };
}

/** By batch, else by number, from what is kept for that; a status is looked for in what is left. */
function filtered(records: Records, query: URLSearchParams, nowMs: number): readonly Call[] {
  const batchId = query.get('batch_id');
  const phone = query.get('phone_number');
  const status = query.get('status');
  let calls: readonly Call[] = records.calls;
  if (batchId !== null) calls = records.byBatch.get(batchId) ?? [];
  else if (phone !== null) calls = records.byPhone.get(phone) ?? [];
  if (batchId !== null && phone !== null) calls = calls.filter((call) => call.phone === phone);
  return status === null ? calls : calls.filter((call) => statusOf(call, nowMs) === status);
}

function seen<Item extends { readonly placedMs: number }>(
  { clock }: Account,
  faults: Faults,
  all: readonly Item[],
): readonly Item[] {
  const lagMs = faults['list-lag'];
  return lagMs === undefined ? all : seenUntil(all, (item) => item.placedMs, clock.monotonic() - lagMs);
}

function phoneOnly(params: JsonObject): JsonObject {
  return { phone_number: params['phone_number'] };
}
