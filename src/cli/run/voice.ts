import { renderBeforeRun } from '../../report/before-run.ts';
import { listCounts, unknownWords, waitWords } from '../../report/count-words.ts';
import { duration } from '../../report/quantity.ts';
import { indented } from '../../report/indented.ts';
import { renderResource } from '../../report/render-resource.ts';
import type { View } from '../../report/style.ts';
import type { Report as News } from '../../run/context.ts';
import { campaignHead } from '../plan/campaign-head.ts';
import { resourcePlan } from '../plan/resource-plan.ts';
import { progressOf, type Progress, type Snapshot } from '../progress.ts';
import { screenOf } from '../screen.ts';
import { beforeOf } from './before.ts';
import type { BeforeRun, RunVoice } from './run-request.ts';
import type { World } from '../world.ts';

/** How a run speaks on stderr: what it is about to do, then how far it is. */
export function runVoice(world: World): RunVoice & { readonly close: () => void } {
  const progress = progressOf(world);
  const told = new Set<string>();
  return {
    say: progress.say,
    show: (before) => {
      const view = screenOf('stderr', world);
      const change = before.observed.planned.kind === 'action' && before.observed.planned.action.kind !== 'keep';
      if (change) world.terminal.err(`${changeOf(before, view, world).join('\n')}\n\n`);
      world.terminal.err(`${renderBeforeRun(beforeOf(before, world.clock.now()), view)}\n`);
    },
    news: (news) => {
      tell(news, { world, progress, told });
    },
    close: progress.close,
  };
}

/** What applying does first, field by field. */
function changeOf({ observed }: BeforeRun, view: View, world: World): readonly string[] {
  const resource = resourcePlan(observed);
  const inner = { ...view, columns: view.columns - 4 };
  return indented(2, renderResource({ ...campaignHead(observed, resource, world), resource }, inner));
}

type Telling = {
  readonly world: World;
  readonly progress: Progress;
  /** Statuses that were explained. */
  readonly told: Set<string>;
};

function tell(news: News, { world, progress, told }: Telling): void {
  switch (news.kind) {
    case 'note':
      progress.say(news.text);
      break;
    case 'waiting':
      progress.say(`waiting ${duration(news.untilMs - world.clock.now())}: ${news.why}`);
      break;
    case 'progress':
      for (const unknown of news.unknown) {
        if (!told.has(unknown.status)) progress.say(unknownWords(unknown));
        told.add(unknown.status);
      }
      progress.show(snapshotOf(news));
      break;
  }
}

function snapshotOf(news: News & { readonly kind: 'progress' }): Snapshot {
  const state = (name: string): number => news.counts.states[name] ?? 0;
  const unknown = news.unknown.reduce((sum, { calls }) => sum + calls, 0);
  return {
    calls: {
      done: state('done') + state('rejected'),
      open: state('accepted') + state('intent'),
      pending: state('pending'),
      inDoubt: state('in_doubt'),
      unresolved: state('unresolved'),
    },
    ...(unknown === 0 ? {} : { unknown }),
    rate: news.perMinute,
    ...(news.nextMs === undefined ? {} : { nextAtMs: news.nextMs }),
    ...noteOf(news),
  };
}

/** Why not all are called at once: what keeps the run, else what those wait for who are not due yet. */
function noteOf({ paused, nextMs, counts }: News & { readonly kind: 'progress' }): Pick<Snapshot, 'note'> {
  if (paused !== undefined) return { note: paused };
  const { new: _, ...waits } = counts.waits;
  const words = listCounts(waits, waitWords);
  return nextMs === undefined || words === '' ? {} : { note: words };
}
