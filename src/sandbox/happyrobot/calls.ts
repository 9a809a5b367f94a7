/** Calls that were placed: pages calls/list-calls and analytics/list-calls, read 2026-11-21. */
import { parseInstant } from '../../model/instant.ts';
import type { Faults } from '../faults.ts';
import type { Asked, Reply } from '../frame.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import { seenUntil, sliceOf } from '../page.ts';
import { isoTime } from '../time-text.ts';
import { type Account, type Call, hasEnded, statusOf } from './account.ts';
import { ok, problem, withExtras } from './answers.ts';

/** How many calls a page has is not documented. */
const usualLimit = 50;

/** The number behind every `number_id`. */
const ownNumber = '+13125550100';

/** Filters by tags, models, ratings and contacts are left out: they are ignored. */
export function listCalls(account: Account, faults: Faults, { query }: Asked): Reply {
  const limit = wholeNumber(query.get('limit') ?? String(usualLimit));
  const skip = wholeNumber(query.get('skip') ?? '0');
  const [fromMs, toMs] = [instantOf(query.get('from')), instantOf(query.get('to'))];
  if (limit === undefined || limit === 0 || skip === undefined) return problem(400, 'limit and skip must be numbers');
  if (fromMs === 'wrong' || toMs === 'wrong') return problem(400, 'from and to must be dates');
  const lagMs = faults['list-lag'];
  const seen =
    lagMs === undefined
      ? account.calls
      : seenUntil(account.calls, ({ placedMs }) => placedMs, account.clock.monotonic() - lagMs);
  const isWanted = filterOf(account, query);
  const found = seen.filter(
    (call) => call.createdMs >= (fromMs ?? -Infinity) && call.createdMs <= (toMs ?? Infinity) && isWanted(call),
  );
  // The newest first, unless it is asked for otherwise: chosen.
  const sorted = query.get('sort') === 'asc' ? found : found.toReversed();
  const { items, total } = sliceOf(sorted, { skip, limit }, faults);
  return ok({
    calls: items.map((call) => callItem(account, faults, call)),
    count: total,
    currentPage: Math.floor(skip / limit) + 1,
  });
}

/** "Get Call"; that it answers an item of the list is inferred. */
export function readCall(account: Account, faults: Faults, { params }: Asked): Reply {
  const call = account.byId.get(params['id'] ?? '');
  return call === undefined ? problem(404, 'call not found') : ok(callItem(account, faults, call));
}

/** What it answers is not documented, nor what becomes of a call that is over: both chosen. */
export function stopCall(account: Account, faults: Faults, { params }: Asked): Reply {
  const call = account.byId.get(params['id'] ?? '');
  if (call === undefined) return problem(404, 'call not found');
  if (!account.stoppedMs.has(call.id)) account.stoppedMs.set(call.id, account.clock.monotonic());
  return ok(callItem(account, faults, call));
}

export function callItem(account: Account, faults: Faults, call: Call): object {
  const hidden = faults['no-echo'] === true || faults['echo-requests-only'] === true;
  const ended = hasEnded(account, call);
  const { agent_id: agentId = null, prompt_id: promptId = null, language } = call.sent;
  return withExtras(
    {
      id: call.id,
      organization_id: account.organizationId,
      type: 'Outbound',
      status: statusOf(account, call),
      provider: 'Twilio',
      metadata: metadataOf(call, hidden),
      use_case: call.useCase,
      prompt_id: promptId,
      agent: agentId === null ? null : { id: agentId, name: 'Agent' },
      language: language ?? call.useCase?.['language'] ?? 'en-US',
      params: hidden ? {} : call.params,
      extraction: ended ? extractionOf(call) : null,
      classification: ended ? classificationOf(call) : null,
      created: isoTime(call.createdMs),
      duration: ended ? call.life.seconds : null,
      viewed_by: [],
      parent_call_id: null,
      notes: [],
      samples: [],
      ratings: [],
    },
    faults,
  );
}

export function metadataOf({ id, phone, custom }: Call, hidden: boolean): JsonObject {
  return {
    call_sid: `CA${id}`,
    from: ownNumber,
    to: phone,
    recording_sid: null,
    tags: [],
    custom: hidden ? {} : custom,
  };
}

/** Only who replied has one, where the use case asks for something: its example, or a word. */
function extractionOf({ life, useCase }: Call): JsonObject | null {
  const asked = useCase?.['extract_with_ai'];
  if (life.ending !== 'replied' || !Array.isArray(asked) || asked.length === 0) return null;
  return Object.fromEntries(
    asked.filter(isObject).map(({ name, example }) => [String(name), example ?? 'as the recipient said']),
  );
}

function classificationOf({ life, useCase }: Call): JsonObject | null {
  const tags = useCase?.['classification_tags'];
  if (life.ending !== 'replied' || !Array.isArray(tags) || tags.length === 0) return null;
  const tag: unknown = tags[Math.floor(life.choice * tags.length)];
  return { tag: isObject(tag) ? tag['name'] : null, reasoning: 'The recipient said so.' };
}

function filterOf(account: Account, query: URLSearchParams): (call: Call) => boolean {
  const among = (name: string): ((value: unknown) => boolean) => {
    const wanted = query.get(name)?.split(',');
    return (value) => wanted === undefined || wanted.some((one) => one === value);
  };
  const [isOfUseCase, isOfCampaign, hasStatus] = [among('use_cases'), among('campaigns'), among('statuses')];
  const search = query.get('search');
  if (query.get('type') === 'Inbound') return () => false;
  return (call) =>
    isOfUseCase(call.useCase?.id) &&
    isOfCampaign(call.sent['campaign_id']) &&
    hasStatus(statusOf(account, call)) &&
    (search === null || isFound(call, search));
}

/** "Search by extraction or phone number": as a part of either. */
function isFound(call: Call, search: string): boolean {
  return call.phone.includes(search) || JSON.stringify(extractionOf(call) ?? '').includes(search);
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** A date, from its midnight in UTC on, or a time; whose midnight is meant is not documented. */
function instantOf(text: string | null): number | undefined | 'wrong' {
  if (text === null) return undefined;
  return parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text) ?? 'wrong';
}
