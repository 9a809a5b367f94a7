import { advance } from '../../ledger/advance.ts';
import type { Attempt } from '../../model/attempt.ts';
import { printAddress } from '../../model/campaign.ts';
import type { World } from '../../ports.ts';
import { cleanLine } from '../../report/clean.ts';
import { countOf } from '../../report/quantity.ts';
import type { Invocation } from '../command.ts';
import { load } from '../load.ts';
import { storeOption } from '../options.ts';
import type { Report } from '../report.ts';
import { findingsReport } from '../run/findings-report.ts';
import { asArgument, oneCampaign } from '../run/one-campaign.ts';
import { onWave, type HeldWave } from '../run/on-wave.ts';
import { asOption } from '../run/options.ts';
import { UsageError } from '../usage-error.ts';

/** A person settles attempts that no look-up could: they were called, or they were not and may be called again. */
export async function resolve(invoked: Invocation, world: World): Promise<Report> {
  const as = invoked.option(asOption);
  if (as === undefined) throw new UsageError('resolve needs --as called or --as not-called');
  const [path = '', ...keys] = invoked.args;
  const loaded = await load({ ...invoked, args: [path] }, world, { secrets: 'optional', base: 'refused' });
  if (loaded.diagnostics.length > 0) return findingsReport(loaded, loaded.texts);
  const campaign = oneCampaign(loaded.campaigns, 'resolve');
  const options = { command: 'resolve', storeNamed: invoked.option(storeOption) };
  const by = world.env['USER'] ?? world.env['USERNAME'] ?? 'a person';
  const settled = await onWave(campaign, options, world, (held) => settle(held, keys, { as, by, world }));
  const address = printAddress(campaign.address);
  return {
    endings: ['done'],
    kind: 'resolved',
    data: { address, wave: campaign.wave, as, recipients: settled },
    text: () =>
      settled.length === 0
        ? `${address}  wave ${campaign.wave}  has nobody unresolved\n`
        : `${address}  wave ${campaign.wave}  ${countOf(settled.length, 'recipient')} settled as ${as}\n${settled
            .map((key) => `  ${cleanLine(key)}\n`)
            .join('')}`,
    next: [`callplan run ${asArgument(campaign)}`],
  };
}

type Settling = { readonly as: 'called' | 'not-called'; readonly by: string; readonly world: World };

async function settle(held: HeldWave, keys: readonly string[], settling: Settling): Promise<readonly string[]> {
  const { store, scope, campaign } = held;
  const unresolved = await store.openAttempts(scope.waveId, ['unresolved']);
  const chosen = keys.length === 0 ? unresolved : keys.map((key) => attemptOf(key, unresolved));
  const nowMs = settling.world.clock.now();
  const { as, by } = settling;
  const steps = chosen.map((attempt) =>
    advance(attempt, { kind: 'settled', as, by }, campaign.execution, { nowMs, jitter: 0, voidWaitMs: 0 }),
  );
  const lost = await store.record(scope, steps, nowMs);
  return chosen.filter((attempt) => !lost.some((step) => step.attempt === attempt)).map(({ key }) => key);
}

function attemptOf(key: string, unresolved: readonly Attempt[]): Attempt {
  const found = unresolved.find((attempt) => attempt.key === key);
  if (found !== undefined) return found;
  const known =
    unresolved.length === 0
      ? 'nobody is'
      : `unresolved are ${unresolved
          .slice(0, 5)
          .map((one) => one.key)
          .join(', ')}`;
  throw new UsageError(`"${key}" is not unresolved; ${known}`);
}
