import type { CampaignPlan, PlannedResource, PlanReport, RecipientsPlan } from '../../src/report/plan-report.ts';
import type { CampaignStatus, WaveProgress } from '../../src/report/status-report.ts';

/** Reports of a clinic, to be changed by tests. */
export const resource: PlannedResource = {
  action: 'keep',
  noun: 'workflow',
  name: 'Clinic reminder',
  id: '7ab0b2a1-75f4-4e9f-8f8e-31a7ac0d3bd1',
  missing: null,
  managed: true,
  expects: null,
  changes: [],
  replaces: null,
  request: null,
  fields: null,
};

export const recipients: RecipientsPlan = {
  sources: ['recipients.csv'],
  rows: 1300,
  valid: 1250,
  skips: {},
  repeated: 0,
  suppressed: 0,
  invalid: { rows: 0, allowed: 0, reasons: {} },
  ledger: { new: 1200, already_called: 40, changed_since_call: 2, pending: 10, removed: 1 },
  variables: ['patient_name', 'date'],
  calls: { people: 1210, at_most: false, dispatches: 1210, calling_seconds: 1269, open_seconds_per_week: 162_000 },
};

export const campaign: CampaignPlan = {
  address: 'clinic-reminders/prod',
  file: 'campaigns/clinic-reminders/campaign.yaml',
  wave: '2026-11-24',
  renamed_from: null,
  definition: 'd'.repeat(64),
  provider: { type: 'intron', origins: ['https://voicebot.intron.health'] },
  resource,
  recipients,
  guards: [],
  by_hand: [],
};

export function planOf(...campaigns: readonly CampaignPlan[]): PlanReport {
  const summary = { create: 0, adopt: 0, update: 0, replace: 0, keep: campaigns.length, conflict: 0, unreachable: 0 };
  return {
    tool_version: '0.1.0',
    campaigns,
    summary: { ...summary, to_call: 1210, change_guard: null, delete_guard: null },
    diagnostics: [],
  };
}

export const progress: WaveProgress = {
  recipients: 60,
  parent: null,
  list: null,
  states: { done: 30, accepted: 5, intent: 1, in_doubt: 2, unresolved: 1, pending: 15, rejected: 2, skipped: 4 },
  outcomes: { answered: 25, no_answer: 5 },
  replies: { Confirm: 20, Cancel: 5 },
  waits: { window: 10, retry: 4, a_new_reason: 1 },
  reasons: [
    {
      recipients: 10,
      state: 'pending',
      why: 'window',
      until: '2026-11-25T09:00:00+01:00',
      zone: 'Africa/Lagos',
    },
    { recipients: 4, state: 'pending', why: 'retry', until: '2026-11-24T12:00:00+01:00', zone: 'Africa/Lagos' },
    { recipients: 1, state: 'pending', why: 'a_new_reason', until: null, zone: null },
    { recipients: 1, state: 'in_doubt', why: null, until: '2026-11-24T10:05:00+01:00', zone: 'Africa/Lagos' },
  ],
  waiting: [],
  skips: { suppressed: 3, removed: 1, not_after: 0 },
  attempts: 44,
  seconds: 1500,
  next_at: '2026-11-25T09:00:00+01:00',
  next_in_seconds: 54_000,
  unknown_statuses: [
    { status: 'ESCALATED', calls: 1 },
    { status: 'FAILED', calls: 2 },
  ],
  tripped: null,
  stopped: null,
  in_doubt: [],
  unresolved: [],
};

export const status: CampaignStatus = {
  address: 'clinic-reminders/prod',
  file: 'campaigns/clinic-reminders/campaign.yaml',
  wave: '2026-11-24',
  provider: campaign.provider,
  resource,
  store: '.callplan/callplan.db',
  progress,
  holder: null,
  other_waves: [],
};
