import type { World } from '../../ports.ts';
import { renderBeforeRun } from '../../report/before-run.ts';
import { duration } from '../../report/quantity.ts';
import type { Report as News } from '../../run/context.ts';
import { progressOf, type Snapshot } from '../progress.ts';
import { screenOf } from '../screen.ts';
import type { RunVoice } from './perform-run.ts';
import { beforeOf } from './before.ts';

/** How a run speaks on stderr: what it is about to do, then how far it is. */
export function runVoice(world: World): RunVoice & { readonly close: () => void } {
  const progress = progressOf(world);
  return {
    say: progress.say,
    show: (before) =>
      world.terminal.err(`${renderBeforeRun(beforeOf(before, world.clock.now()), screenOf('stderr', world))}\n`),
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
