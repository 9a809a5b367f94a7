import type { Campaign } from '../../model/campaign.ts';
import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import { joinParts } from '../../report/join-parts.ts';
import type { PlanReport } from '../../report/plan-report.ts';
import { renderPlan } from '../../report/render-plan.ts';
import { openSqliteToRead } from '../../store/sqlite/open.ts';
import type { Invocation } from '../command.ts';
import type { Ending } from '../exit.ts';
import { findingsReport } from '../findings-report.ts';
import { together } from '../findings.ts';
import { interruptible } from '../interruptible.ts';
import { load, refusal } from '../load.ts';
import { followed, type Follow } from '../next-command.ts';
import { detailedExitcodeOption, storeOption } from '../options.ts';
import { allowedOf } from '../plan/allowed.ts';
import { nothingPlanned } from '../plan/summarize.ts';
import { afterPlan, changesOf } from '../plan/after-plan.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Report } from '../report.ts';
import { namingOf } from '../run/check-address.ts';
import { rerunAgain } from '../run/go-on.ts';
import { Findings } from '../run/findings-error.ts';
import { resolveStore } from '../store.ts';
import { textsFor } from '../texts.ts';
import type { World } from '../world.ts';

/** What would change and who would be called; only reads. */
export async function plan(invoked: Invocation, world: World): Promise<Report> {
  const { option } = invoked;
  const loaded = await load(invoked, world, { secrets: 'needed', base: 'refused' });
  const refused = refusal(loaded, 'plan', { campaigns: [], summary: { ...nothingPlanned, to_call: null } });
  if (refused !== undefined) return refused;
  const files = loaded.campaigns.map(({ path }) => path);
  const path = await resolveStore({ named: option(storeOption), files }, world);
  const store = await openSqliteToRead(path);
  try {
    return await interruptible(world, async (signal) => {
      const planning = await makePlan(
        loaded.campaigns,
        {
          store,
          allowed: allowedOf(invoked),
          naming: namingOf(invoked),
          diagnostics: loaded.diagnostics,
          signal,
        },
        world,
      );
      const { report, diagnostics } = planning;
      const texts = await textsFor(diagnostics, loaded.texts, world);
      const differs: readonly Ending[] = option(detailedExitcodeOption) && wouldDo(report) ? ['differs'] : [];
      const endings = [...planning.endings, ...differs];
      return {
        endings,
        kind: 'plan',
        data: report,
        text: (view) => joinParts([renderPlan(report, view), renderDiagnostics(diagnostics, texts, view)]),
        next: [
          ...afterPlan(report, endings, invoked),
          ...(await rerunsOf(report, loaded.campaigns, { ...world, follow: followed(invoked) })),
        ],
      };
    });
  } catch (error) {
    if (!(error instanceof Findings)) throw error;
    return findingsReport(together(loaded.diagnostics, error.diagnostics), loaded.texts);
  } finally {
    await store?.close();
  }
}

/** Whether an apply would write or a run would call somebody. */
function wouldDo({ summary, campaigns }: PlanReport): boolean {
  const people = campaigns.reduce((sum, { recipients }) => sum + (recipients?.calls.people ?? 0), 0);
  return changesOf(summary) + people > 0;
}

/** The commands that go on with waves which no run of a file may call. */
function rerunsOf(
  { campaigns }: PlanReport,
  loaded: readonly Campaign[],
  world: World & { readonly follow: Follow },
): Promise<readonly string[]> {
  const repeating = campaigns.flatMap(({ file, recipients }) => {
    const campaign = loaded.find((one) => one.file === file);
    return campaign === undefined || recipients?.repeats === undefined
      ? []
      : [{ campaign, parent: recipients.repeats }];
  });
  return Promise.all(repeating.map(({ campaign, parent }) => rerunAgain(campaign, parent, world)));
}
