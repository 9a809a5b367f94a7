import { forecast, type Forecast } from '../../ledger/forecast.ts';
import type { BeforeRun as Shown } from '../../report/before-run.ts';
import type { WaveState } from '../../store/contract/wave-state.ts';
import { stopReport } from '../stop-report.ts';
import { invalidRows } from '../recipients-validation.ts';
import { waveHead } from '../wave-head.ts';
import { instant } from './instant.ts';
import type { BeforeRun, Seen } from './run-request.ts';
import { spoken } from '../../report/spoken.ts';
import { tripWhy } from '../../report/trip.ts';

/** What a person is shown before the question. */
export function beforeOf(
  { campaign, renamedFrom, parent, observed, comparison, summary, wave, places, rejects }: BeforeRun,
  nowMs: number,
): Shown {
  const people = isStopped(wave) ? 0 : comparison.fresh + comparison.pending;
  const expected = forecast(campaign.execution, people, places, nowMs);
  return {
    ...waveHead(campaign),
    provider: campaign.provider.type,
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    ...(parent === undefined ? {} : { parent }),
    resource: resourceWords(observed, spoken(campaign.resource.noun)),
    toCall: people,
    fresh: comparison.fresh,
    called: comparison.called,
    changed: comparison.changed,
    removed: comparison.removed,
    skips: comparison.skips ?? {},
    suppressed: summary.suppressed,
    repeated: summary.repeated,
    invalid: invalidRows(summary, campaign),
    ...(rejects === undefined ? {} : { rejects }),
    execution: campaign.execution,
    ...(expected === undefined ? {} : spanOf(expected)),
    ...(wave?.tripped === undefined ? {} : { tripped: tripWhy(wave.tripped) }),
    ...(wave?.stopped === undefined ? {} : { stopped: stopReport(wave.stopped, campaign) }),
  };
}

function spanOf({ firstMs, firstZone, lastMs, lastZone }: Forecast): Pick<Shown, 'first' | 'last'> {
  return { first: instant(firstMs, firstZone), last: instant(lastMs, lastZone) };
}

/** Nobody is called, by a breaker or a person. */
export function isStopped(wave: WaveState | undefined): boolean {
  return wave?.tripped !== undefined || wave?.stopped !== undefined;
}

const actionWords = {
  create: 'created first',
  update: 'updated first',
  adopt: 'adopted first',
  replace: 'replaced by another one first',
  keep: 'unchanged',
} as const;

function resourceWords({ planned }: Seen, noun: string): string {
  if (planned.kind !== 'action') return noun;
  const { action } = planned;
  const id = 'id' in action ? ` ${action.id}` : '';
  return `${noun}${id}, ${actionWords[action.kind]}`;
}
