import type { Window } from './hours.ts';
import type { ProviderPlan } from './provider-plan.ts';
import type { Cap, ExecutionPlan, Span, Stops } from './execution-plan.ts';
import type { CampaignPlan } from './world.ts';

export const wave = '2026-11';

/** HappyRobot makes no use case by itself. */
export const useCase = '65f2c01e9a4b7d3308e1f6c2';

/** The campaign's file, as a person would have written it. */
export function campaignText(plan: CampaignPlan, provider: ProviderPlan): string {
  return `version: 1
campaign: ${plan.name}
wave: "${wave}"
${blocks(plan, provider)}
recipients:
  from: [{csv: ${plan.name}.csv}]
  id: "{{id}}"
  phone: "{{phone}}"
  timezone: "{{zone}}"
  not_before: "{{not_before}}"
  not_after: "{{not_after}}"
  consent: "{{agreed}}"
  same_phone: ${plan.samePhone}
  suppress: [{csv: ${plan.isListRemote === true ? `"${listUrl(plan)}"` : `${plan.name}-suppressed.csv`}}]
${execution(plan.execution)}
`;
}

/** The list of recipients, as CSV. */
export function listText(plan: CampaignPlan): string {
  const time = (ms: number): string => new Date(ms).toISOString();
  const isScheduled = hasTimes(plan);
  const lines = plan.rows.map((row) => {
    const { id, phone, zone, notBeforeMs = 0, notAfterMs = farMs, scheduledMs } = row;
    const dialAt = isScheduled ? [scheduledMs === undefined ? '' : time(scheduledMs)] : [];
    return [id, 'Ada', phone, zone, time(notBeforeMs), time(notAfterMs), 'yes', ...dialAt].join(',');
  });
  const columns = `id,name,phone,zone,not_before,not_after,agreed${isScheduled ? ',dial_at' : ''}`;
  return `${[columns, ...lines].join('\n')}\n`;
}

/** Where a list is fetched from. */
function listUrl({ name }: CampaignPlan): string {
  return `https://lists.example/${name}-suppressed.csv`;
}

export function suppressedText({ suppressed }: CampaignPlan): string {
  return `${['phone', ...suppressed].join('\n')}\n`;
}

/** Whether calls of it are to be dialled at times of their own. */
function hasTimes({ rows }: CampaignPlan): boolean {
  return rows.some(({ scheduledMs }) => scheduledMs !== undefined);
}

const farMs = Date.parse('2036-01-01');

function execution(plan: ExecutionPlan): string {
  const {
    concurrency,
    rate,
    batchSize,
    hours,
    span = {},
    maxAttempts,
    retry,
    anotherTime,
    caps,
    settleS,
    everyS,
  } = plan;
  const minutes = (list: readonly number[]): string => `[${list.map((one) => `${String(one)}m`).join(', ')}]`;
  const lines = [
    `concurrency: ${String(concurrency)}`,
    `rate: ${String(rate.calls)}/${rate.per}`,
    `batch_size: ${String(batchSize)}`,
    hours.kind === 'always' ? 'windows: always' : `windows: [${hours.windows.map(windowText).join(', ')}]`,
    ...(hours.kind === 'always' || hours.holidays.length === 0 ? [] : [`holidays: [${hours.holidays.join(', ')}]`]),
    ...spanLines(span),
    maxAttempts === 1
      ? 'attempts: {max: 1}'
      : `attempts: {max: ${String(maxAttempts)}, retry: {no_answer: ${minutes(retry.no_answer)}, busy: ${minutes(retry.busy)}}${anotherTime === undefined ? '' : `, another_time: ${String(anotherTime)}m`}}`,
    ...capLines(caps),
    ...(plan.policy === undefined ? [] : [`policy: ${plan.policy}`]),
    ...stopLines(plan.stops),
    `follow_up: {every: ${String(everyS)}s, for: 10m}`,
    `look_up: {settle: ${String(settleS)}s}`,
    'max_call: 3m',
  ];
  return ['execution:', ...lines.map((line) => `  ${line}`)].join('\n');
}

function spanLines({ startAtMs, endAtMs, expireAfterMs }: Span): readonly string[] {
  const lines: string[] = [];
  const instant = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
  if (startAtMs !== undefined) lines.push(`start_at: "${instant(startAtMs)}"`);
  if (endAtMs !== undefined) lines.push(`end_at: "${instant(endAtMs)}"`);
  if (expireAfterMs !== undefined) lines.push(`expire_after: ${String(expireAfterMs / 60_000)}m`);
  return lines;
}

function capLines(caps: readonly Cap[]): readonly string[] {
  const written = caps.map((cap) => `{calls: ${String(cap.calls)}, per: ${String(cap.minutes)}m, in: ${cap.in}}`);
  const [only] = written;
  if (only === undefined) return [];
  return [`per_person: ${written.length === 1 ? only : `[${written.join(', ')}]`}`];
}

function stopLines({ canary, breaker, budget }: Stops): readonly string[] {
  const lines: string[] = [];
  if (canary !== undefined) {
    lines.push(`canary: {calls: ${String(canary.calls)}, stop_when: {no_answer: ${String(canary.noAnswer)}%}}`);
  }
  if (breaker !== undefined) lines.push(`stop_when: {no_answer: ${String(breaker.noAnswer)}%, of_last: 10}`);
  if (budget !== undefined) lines.push(`budget: ${JSON.stringify(budget)}`);
  return lines;
}

function windowText({ days, fromMinute, toMinute }: Window): string {
  const clock = (minute: number): string =>
    `"${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}"`;
  return `{days: [${days.join(', ')}], from: ${clock(fromMinute)}, to: ${clock(toMinute)}}`;
}

const paths = { intron: '/voicebot/v1', happyrobot: '/api/v1', voiceos: '', vocode: '' } as const;

function blocks(plan: CampaignPlan, { name: provider, type }: ProviderPlan): string {
  const { name } = plan;
  const account = `provider:
  type: ${provider}
  api_key: \${env.PROVIDER_API_KEY}
  base_url: http://127.0.0.1:8787${paths[provider]}`;
  switch (provider) {
    case 'intron':
      return `${account}
  statuses: {TIMEOUT: no_answer, BUSY: busy, FAILED: failed, VOICEMAIL: voicemail}
workflow: {name: "Workflow of ${name}", workflow_type: ${type}, message: "Hello {{name}}."}`;
    case 'happyrobot':
      return `${account}
${type === 'ROBOCALL' ? '  dialling: batched' : ''}
use_case: {id: ${useCase}}
call: {number_id: 65f2c01e9a4b7d3308e1f6d1, params: {name: "{{name}}"}${hasTimes(plan) ? `, scheduled_for: "{{#if dial_at}}{{dial_at}}{{/if}}"` : ''}}`;
    case 'voiceos':
      return `${account}
agent: {prompt: "You remind {{name}}.", initial_message: "Hello {{name}}, this is ${name}."}
call: {from_number: "+15550100199"}`;
    case 'vocode':
      return `${account}
agent:
  name: Agent of ${name}
  prompt: {content: "You remind {{name}}."}
  run_do_not_call_detection: true
  voice: {type: voice_azure, voice_name: en-US-AriaNeural}
call: {from_number: "15550100199"}`;
  }
}
