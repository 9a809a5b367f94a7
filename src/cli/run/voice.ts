import { forecast } from '../../ledger/forecast.ts';
import { printAddress } from '../../model/campaign.ts';
import type { World } from '../../ports.ts';
import { renderBeforeRun } from '../../report/before-run.ts';
import { duration } from '../../report/quantity.ts';
import type { Report as News } from '../../run/context.ts';
import { progressOf, type Snapshot } from '../progress.ts';
import { screenOf } from '../screen.ts';
import type { BeforeRun, RunVoice } from './perform-run.ts';
import { instant } from './instant.ts';

/** How a run speaks on stderr: what it is about to do, then how far it is. */
export function runVoice(world: World): RunVoice & { readonly close: () => void } {
  const progress = progressOf(world);
  return {
    say: progress.say,
    show: (before) => world.terminal.err(`${renderBeforeRun(beforeOf(before, world), screenOf('stderr', world))}\n`),
    news: (news) => {
      tell(news, world, progress);
    },
    close: progress.close,
  };
}

function tell(news: News, world: World, progress: ReturnType<typeof progressOf>): void {
  switch (news.kind) {
    case 'note':
      progress.say(news.text);
      break;
    case 'waiting':
      progress.say(`waiting ${duration(news.untilMs - world.clock.now())}: ${news.why}`);
      break;
    case 'progress':
      progress.show(snapshotOf(news));
      break;
  }
}

function snapshotOf(news: News & { readonly kind: 'progress' }): Snapshot {
  const state = (name: string): number => news.counts.states[name] ?? 0;
  return {
    calls: {
      done: state('done') + state('rejected') + state('skipped'),
      open: state('accepted') + state('intent'),
      pending: state('pending'),
      inDoubt: state('in_doubt'),
      unresolved: state('unresolved'),
    },
    rate: news.perMinute,
    ...(news.nextMs === undefined ? {} : { nextAtMs: news.nextMs }),
    ...(news.paused === undefined ? {} : { note: news.paused }),
  };
}

function beforeOf(
  { campaign, observed, comparison, summary, wave, zones }: BeforeRun,
  world: World,
): Parameters<typeof renderBeforeRun>[0] {
  const people = comparison.fresh + comparison.pending;
  const expected = forecast(campaign.execution, people, zones, world.clock.now());
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
