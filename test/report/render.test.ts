import { expect, test } from 'vitest';
import type { ApplicationReport, ApplicationResult } from '../../src/report/application-report.ts';
import { maskText, maskValue } from '../../src/report/mask-values.ts';
import type { PreviewReport } from '../../src/report/preview-report.ts';
import { renderBefore, renderResults } from '../../src/report/render-application.ts';
import { renderPlan } from '../../src/report/render-plan.ts';
import { renderPreview } from '../../src/report/render-preview.ts';
import { renderStatus } from '../../src/report/render-status.ts';
import { renderValidation } from '../../src/report/render-validation.ts';
import { viewWith } from '../../src/report/style.ts';
import type { ValidationReport } from '../../src/report/validation-report.ts';
import { campaign, planOf, progress, recipients, resource, status } from './reports.ts';

const plain = viewWith({ columns: 80, color: false });

test('shows a plan with everything that can stand in it', () => {
  const text = renderPlan(
    planOf(
      campaign,
      {
        ...campaign,
        address: 'clinic-surveys/prod',
        resource: { ...resource, action: 'create', id: null, name: null, missing: 'w-gone' },
        by_hand: [
          'activate the workflow in the Intron dashboard: its conversations need the status ACTIVE, which no request sets',
          'tell the front desk',
        ],
        recipients: {
          ...recipients,
          ledger: { new: 0, already_called: 1250, changed_since_call: 0, pending: 0, removed: 0 },
          invalid: { rows: 12, allowed: 5, reasons: { ROW_PHONE_INVALID: 9, ROW_RAGGED: 3 } },
          variables: [],
          calls: { people: 0, at_most: false, dispatches: 0, calling_seconds: 0, open_seconds_per_week: null },
        },
      },
      { ...campaign, address: 'clinic-letters/prod', provider: { type: 'intron', origins: [] }, recipients: null },
      {
        ...campaign,
        resource: {
          action: 'unreachable',
          noun: 'workflow',
          reason: 'unavailable',
          message: 'GET /workflows: could not connect',
          help: 'check the network',
        },
        provider: { type: 'intron', origins: [] },
      },
    ),
    plain,
  );
  expect(text).toMatchSnapshot();
});

test('names the first three of those that share what an update changes', () => {
  const users = [{ id: 'u-1', name: 'Front desk', address: 'desk/prod' }, { id: 'u-2' }, { id: 'u-3' }, { id: 'u-4' }];
  const shared = (count: number) => [{ path: 'prompt', id: 'p-1', users: users.slice(0, count) }];
  const text = (count: number): string =>
    renderPlan(planOf({ ...campaign, resource: { ...resource, action: 'update', shared: shared(count) } }), plain)
      .split('\n')
      .map((line) => line.trim())
      .join(' ');
  expect(text(1)).toContain('! prompt is shared with workflow "Front desk" (desk/prod): it changes for it too.');
  expect(text(4)).toContain('workflow u-2, workflow u-3, 1 more: it changes for them too. To leave');
});

test('breaks a long list of sources into lines that fit', () => {
  const sources = [
    'north-ward/visits.tsv',
    'south-ward/visits.jsonl',
    'clinic.db',
    'rows in campaigns/clinic/campaign.yaml',
  ];
  const text = renderPlan(planOf({ ...campaign, recipients: { ...recipients, sources } }), plain);
  expect(text).toContain('clinic.db, rows\n              in campaigns/clinic/campaign.yaml, ');
  expect(text.split('\n').every((line) => line.length <= 80)).toBe(true);
});

test('sums a plan up in a line', () => {
  const summary = {
    create: 1,
    adopt: 2,
    update: 3,
    replace: 2,
    keep: 4,
    conflict: 1,
    unreachable: 1,
    to_call: null,
    delete_guard: null,
  };
  const guard = { changing: 12, of: 20, allowed: 5 };
  const sums = [
    renderPlan({ ...planOf(campaign), summary: { ...summary, change_guard: guard } }, plain),
    renderPlan(
      {
        ...planOf({ ...campaign, recipients: null }),
        summary: { ...summary, change_guard: null, delete_guard: { deleting: 1, allowed: 2 } },
      },
      plain,
    ),
    renderPlan({ ...planOf(campaign), summary: { ...summary, change_guard: { ...guard, allowed: null } } }, plain),
  ];
  expect(sums.map((text) => text.slice(text.indexOf('Plan:'))).join('---\n')).toMatchInlineSnapshot(`
    "Plan: 1 to create, 2 to adopt, 3 to update, 2 to replace, 4 unchanged,
    1 conflict, 1 not seen, at most 1,210 people to call.
    12 of 20 objects would change, and --allow-changes allows 5. If that is meant:
    --allow-changes 12
    ---
    Plan: 1 to create, 2 to adopt, 3 to update, 2 to replace, 4 unchanged,
    1 conflict, 1 not seen, 1 list not read.
    1 object would be deleted, and --allow-deletes says 2. If that is meant:
    --allow-deletes 1
    ---
    Plan: 1 to create, 2 to adopt, 3 to update, 2 to replace, 4 unchanged,
    1 conflict, 1 not seen, at most 1,210 people to call.
    12 of 20 objects would change. If that is meant: --allow-changes 12
    "
  `);
});

test('shows what became of an apply, the good and the bad', () => {
  const result = (kind: ApplicationResult['kind'], more: Partial<ApplicationResult> = {}): ApplicationResult => ({
    kind,
    id: null,
    paths: [],
    message: null,
    ...more,
  });
  const results = [
    result('created', { id: 'w-1' }),
    result('kept', { id: 'w-2' }),
    result('not_persisted', {
      id: 'w-3',
      paths: ['option_two', 'call_back_url'],
      message: 'written, and read back otherwise',
    }),
    result('failed', {
      message: 'POST /workflows answered 400: the name is taken by another workflow of this account',
    }),
    null,
  ];
  const report: ApplicationReport = {
    tool_version: '0.1.0',
    campaigns: results.map((one, index) => ({ ...campaign, address: `clinic-${String(index)}/prod`, result: one })),
    summary: {
      create: 0,
      adopt: 0,
      update: 0,
      replace: 0,
      keep: 5,
      conflict: 0,
      unreachable: 0,
      change_guard: null,
      delete_guard: null,
    },
    refusal: null,
    diagnostics: [],
  };
  expect(renderBefore(report, plain)).toMatchInlineSnapshot(`
    "Apply: nothing, all is as the files say. Nobody is called.
    "
  `);
  expect(renderResults(report, plain)).toMatchInlineSnapshot(`
    "clinic-0/prod  created  w-1
    clinic-2/prod  not kept by the provider  w-3
      fields: option_two, call_back_url
      written, and read back otherwise
    clinic-3/prod  failed
      POST /workflows answered 400: the name is taken by another workflow of this
      account
    "
  `);
  expect(renderResults({ ...report, campaigns: [], refusal: 'it was not approved' }, plain)).toMatchInlineSnapshot(`
    "Not applied: it was not approved.
    "
  `);
});

test('shows how a wave stands with everything that can stand in it', () => {
  const person = {
    id: 'A-1',
    phone: '+234********01',
    attempt: 2,
    since: '2026-11-24T10:00:00+01:00',
    reason: 'two calls fit',
  };
  const parent = { wave: '2026-11-24', run: 'a', only: ['busy', 'no_answer'] } as const;
  const many = Array.from({ length: 22 }, (_, index) => ({ ...person, id: `A-${String(index)}` }));
  const text = renderStatus(
    {
      tool_version: '0.1.0',
      diagnostics: [],
      campaigns: [
        {
          ...status,
          other_waves: [{ wave: '2026-11-17', parent: null, recipients: 55, states: { done: 50, pending: 5 } }],
        },
        {
          ...status,
          address: 'clinic-surveys/prod',
          holder: { hostname: 'ci-7', pid: 4242, command: 'run', since: '2026-11-24T09:30:00+01:00' },
          progress: {
            ...progress,
            states: { done: 10 },
            outcomes: {},
            replies: {},
            seconds: 0,
            next_in_seconds: 0,
            tripped: {
              kind: 'alike',
              why: '10 recipients in a row were refused alike: the number is not in service',
              at: '2026-11-24T09:12:30+01:00',
              calls: Array.from({ length: 12 }, (_, index) => ({
                id: `A-${String(index + 1)}`,
                attempt: index === 0 ? 2 : 1,
                outcome: 'rejected',
              })),
            },
            in_doubt: [person],
            unresolved: many,
          },
          other_waves: [{ wave: '1', parent: null, recipients: 2, states: {} }],
        },
        { ...status, progress: { ...progress, next_at: null, next_in_seconds: null } },
        {
          ...status,
          progress: { ...progress, next_in_seconds: null, parent },
          other_waves: [{ wave: '2026-11-24-r0a1b2c3d', parent, recipients: 2, states: {} }],
        },
        { ...status, progress: null },
        { ...status, progress: null, store: null },
      ],
    },
    plain,
  );
  expect(text).toMatchSnapshot();
});

test('shows invalid rows by their sources, and how many there are', () => {
  const row = { line: 3, code: 'ROW_PHONE_INVALID', column: 'mobile', message: 'no phone number in column "mobile"' };
  const report: ValidationReport = {
    tool_version: '0.1.0',
    campaigns: [
      {
        address: 'clinic-reminders/prod',
        file: 'campaign.yaml',
        wave: '1',
        provider: 'intron',
        recipients: {
          sources: ['a.csv', 'b.csv'],
          rows: 40,
          valid: 10,
          repeated: 0,
          suppressed: 0,
          invalid: { rows: 30, allowed: 3, reasons: { ROW_PHONE_INVALID: 30 } },
          first_invalid: [
            { ...row, source: 'a.csv' },
            { ...row, source: 'b.csv', line: 12_345 },
          ],
        },
      },
    ],
    missing_secrets: ['INTRON_API_KEY', 'HOOK_TOKEN'],
    summary: { errors: 1, warnings: 0, notes: 0 },
    diagnostics: [],
  };
  expect(renderValidation(report, plain)).toMatchInlineSnapshot(`
    "clinic-reminders/prod  wave 1
    campaign.yaml

      Recipients  a.csv, b.csv, 40 rows
        + 10  valid
        ! 30  invalid   more than the 3 that max_invalid allows:
                        30 ROW_PHONE_INVALID

      Not callable  a.csv, the first 2 of all
        line 3      no phone number in column "mobile" (ROW_PHONE_INVALID)

      Not callable  b.csv, the first 2 of all
        line 12345  no phone number in column "mobile" (ROW_PHONE_INVALID)

    INTRON_API_KEY, HOOK_TOKEN not set: plan, apply and run need them."
  `);
});

test('shows requests without a body, notes and recipients without a text', () => {
  const report: PreviewReport = {
    tool_version: '0.1.0',
    address: 'clinic-reminders/prod',
    file: 'campaign.yaml',
    wave: '1',
    recipients: [
      {
        id: 'A-1',
        phone: '+234********01',
        zone: null,
        source: 'r.csv',
        line: 2,
        suppressed: true,
        texts: { message: 'Hello\u0007 Ada' },
      },
    ],
    requests: [{ method: 'POST', url: 'https://api.example/call' }],
    calling: [{ name: 'windows', words: 'every day 09:00–19:00' }],
    notes: ['The text stands at the provider.'],
    invalid: [],
    diagnostics: [],
  };
  expect(renderPreview(report, plain)).toMatchInlineSnapshot(`
    "clinic-reminders/prod  wave 1
    campaign.yaml

      A-1  +234********01  r.csv:2
        on a do-not-call list: would not be called
        message
          Hello Ada

      POST https://api.example/call
      null

      windows     every day 09:00–19:00

      The text stands at the provider.
    "
  `);
});

test('masks numbers of these people in any value, and secrets in all', () => {
  const phones = ['+2348031234501'];
  expect(maskText('call 0803 123 4501 or 0700 111 2222, room 12345', phones)).toBe(
    'call +234********01 or 0700 111 2222, room 12345',
  );
  expect(
    maskValue(
      {
        phone_number: '+2348031234501',
        list: ['08031234501', 7, null, true],
        token: { $secret: '${env.HOOK_TOKEN}' },
        text: { $text: ['Hello ', { variable: 'name' }] },
      },
      phones,
    ),
  ).toEqual({
    phone_number: '+234********01',
    list: ['+234********01', 7, null, true],
    token: '***',
    text: { $text: ['Hello ', { variable: 'name' }] },
  });
});
