import { forecast } from '../../ledger/forecast.ts';
import { printAddress } from '../../model/campaign.ts';
import type { BeforeRun as Shown } from '../../report/before-run.ts';
import { instant } from './instant.ts';
import type { BeforeRun } from './perform-run.ts';

/** What a person is shown before the question. */
export function beforeOf({ campaign, observed, comparison, summary, wave, zones }: BeforeRun, nowMs: number): Shown {
  const people = comparison.fresh + comparison.pending;
  const expected = forecast(campaign.execution, people, zones, nowMs);
  const [zone] = zones;
  return {
    address: printAddress(campaign.address),
    wave: campaign.wave,
    provider: campaign.provider.type,
    resource: resourceWords(observed, campaign.resource.noun),
    toCall: people,
    fresh: comparison.fresh,
    called: comparison.called,
    changed: comparison.changed,
    removed: comparison.removed,
    suppressed: summary.suppressed,
    repeated: summary.repeated,
    invalid: [...summary.rejected.values()].reduce((sum, rows) => sum + rows, 0),
    execution: campaign.execution,
    ...(expected === undefined
      ? {}
      : { first: instant(expected.firstMs, zone ?? 'UTC'), last: instant(expected.lastMs, zone ?? 'UTC') }),
    ...(wave?.tripped === undefined ? {} : { tripped: wave.tripped }),
  };
}

const actionWords = {
  create: 'is created first',
  update: 'is updated first',
  adopt: 'is adopted first',
  keep: 'is as the file says',
} as const;

function resourceWords({ planned }: BeforeRun['observed'], noun: string): string {
  if (planned.kind !== 'action') return noun;
  const { action } = planned;
  const id = 'id' in action ? ` ${action.id}` : '';
  return `${noun}${id} ${actionWords[action.kind]}`;
}
