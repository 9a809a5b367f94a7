import { advance } from '../../ledger/advance.ts';
import { tallyingOf } from '../../ledger/tallying.ts';
import type { Attempt } from '../../model/attempt.ts';
import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import { finding } from '../../report/finding.ts';
import { maskText } from '../../report/mask-values.ts';
import { joinParts } from '../../report/join-parts.ts';
import { renderResolved } from '../../report/render-wave-change.ts';
import type { ResolvedReport } from '../../report/wave-change-report.ts';
import { version } from '../../version.ts';
import type { Invocation } from '../command.ts';
import { findingsReport } from '../findings-report.ts';
import { hasErrors } from '../findings.ts';
import { load } from '../load.ts';
import { followed } from '../next-command.ts';
import { onlyCampaign } from '../only-campaign.ts';
import { storeOption } from '../options.ts';
import { personOf } from '../person.ts';
import type { Report } from '../report.ts';
import { callSkipped, goOn } from '../run/go-on.ts';
import { onWave, type HeldWave } from '../run/on-wave.ts';
import { asOption } from '../run/options.ts';
import { UsageError } from '../usage-error.ts';
import { waveHead } from '../wave-head.ts';
import type { World } from '../world.ts';

/** A person settles attempts that no look-up could: they were called, or they were not and may be called again. */
export async function resolve(invoked: Invocation, world: World): Promise<Report> {
  const as = invoked.option(asOption);
  if (as === undefined) throw new UsageError('resolve needs --as called or --as not-called');
  const [path = '', ...keys] = invoked.args;
  const named = { ...invoked, args: [path] };
  const { diagnostics, texts, campaigns } = await load(named, world, { secrets: 'optional', base: 'refused' });
  if (hasErrors(diagnostics)) return findingsReport(diagnostics, texts);
  const campaign = onlyCampaign('resolve', campaigns);
  const follow = followed(invoked);
  const options = { command: 'resolve', storeNamed: invoked.option(storeOption), follow };
  const by = personOf(world.env);
  const { settled, next } = await onWave(campaign, options, world, async (held) => ({
    settled: await settle(held, keys, { as, by, world }),
    next: await nextOf(held, world),
  }));
  const report: ResolvedReport = {
    tool_version: version,
    ...waveHead(campaign),
    as,
    recipients: settled.map(shownKey),
    diagnostics: diagnostics.map(finding),
  };
  return {
    endings: ['done'],
    kind: 'resolved',
    data: report,
    text: (view) => joinParts([renderResolved(report, view), renderDiagnostics(diagnostics, texts, view)]),
    next,
  };
}

/** Nobody of a cancelled wave is called any more, whatever was settled. */
async function nextOf(held: HeldWave, world: World): Promise<readonly string[]> {
  const { follow } = held;
  const isCancelled = held.state.stopped?.kind === 'cancelled';
  return isCancelled ? callSkipped(held.campaign, { ...world, follow }) : [await goOn(held, world)];
}

type Settling = { readonly as: 'called' | 'not-called'; readonly by: string; readonly world: World };

async function settle(held: HeldWave, keys: readonly string[], settling: Settling): Promise<readonly Attempt[]> {
  const { store, scope, campaign } = held;
  const unresolved = await store.openAttempts(scope.waveId, ['unresolved']);
  const chosen = keys.length === 0 ? unresolved : keys.map((key) => attemptOf(key, unresolved));
  const nowMs = settling.world.clock.now();
  const { as, by } = settling;
  const steps = chosen.map((attempt) =>
    advance(attempt, { kind: 'settled', as, by }, campaign.execution, {
      nowMs,
      wallMs: nowMs,
      jitter: 0,
      voidWaitMs: 0,
    }),
  );
  const tallying = tallyingOf(campaign.execution, () => nowMs);
  const { lost } = await store.record(scope, steps, { nowMs, wallMs: nowMs, tallying });
  return chosen.filter((attempt) => !lost.some((step) => step.attempt === attempt));
}

function attemptOf(key: string, unresolved: readonly Attempt[]): Attempt {
  const found = unresolved.find((attempt) => attempt.key === key);
  if (found !== undefined) return found;
  const some = unresolved.slice(0, 5).map(shownKey).join(', ');
  const known = unresolved.length === 0 ? 'nobody is' : `unresolved are ${some}`;
  throw new UsageError(`"${key}" is not unresolved; ${known}`);
}

/** An id may be the number itself. */
function shownKey({ key, phone }: Attempt): string {
  return maskText(key, [phone]);
}
