import type { Campaign } from '../../model/campaign.ts';
import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import { joinParts } from '../../report/join-parts.ts';
import type { PlanReport, RecipientsPlan } from '../../report/plan-report.ts';
import { renderPlan } from '../../report/render-plan.ts';
import { openSqliteToRead } from '../../store/sqlite/open.ts';
import type { Invocation } from '../command.ts';
import { exitCode } from '../exit.ts';
import type { Ending } from '../exit.ts';
import { findingsReport } from '../findings-report.ts';
import { together } from '../findings.ts';
import { interruptible } from '../interruptible.ts';
import { load, refusal } from '../load.ts';
import { followed, namedPath, nextCommand, nextRuns, type Follow } from '../next-command.ts';
import { detailedExitcodeOption, storeOption } from '../options.ts';
import { acknowledging, allowedOf, isGuarded, nothingPlanned } from '../plan/campaign-plan.ts';
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
          ...nextOf(report, endings, invoked),
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

function changesOf({ create, adopt, update, replace }: PlanReport['summary']): number {
  return create + adopt + update + replace;
}

function isResumable(recipients: RecipientsPlan | null): boolean {
  if (recipients?.stopped?.kind === 'cancelled') return false;
  return recipients?.stopped !== undefined || recipients?.tripped !== undefined;
}

function nextOf(report: PlanReport, endings: readonly Ending[], invoked: Invocation): readonly string[] {
  const { summary, campaigns, diagnostics } = report;
  const code = exitCode(endings);
  if (code === 4 || code === 8) return ['mend what is marked with !, then plan again'];
  if (isGuarded(summary)) return [nextCommand('apply', invoked, invoked.args, acknowledging(summary))];
  const [error] = diagnostics.filter(({ severity }) => severity === 'error');
  if (error !== undefined) return [...rejectsOf(diagnostics, invoked), `callplan explain ${error.code}`];
  if (changesOf(summary) > 0) return [nextCommand('apply', invoked)];
  const [only, ...others] = campaigns.filter(({ recipients }) => (recipients?.calls.people ?? 0) > 0);
  if (only === undefined) {
    const held = campaigns.find(({ recipients }) => isResumable(recipients));
    const resume =
      held === undefined ? [] : [nextCommand('resume', invoked, namedPath(invoked, held.file, campaigns.length))];
    return ['nothing to apply, nobody to call', ...resume];
  }
  if (others.length === 0 && only.recipients?.other_store !== undefined) {
    return [
      'name the store that ran it last with --store or CALLPLAN_STORE',
      'or, if that store is lost:',
      nextCommand('run', invoked, namedPath(invoked, only.file, campaigns.length), ['--take-over']),
    ];
  }
  if (others.length > 0) return nextRuns(invoked);
  const path = namedPath(invoked, only.file, campaigns.length);
  const list = only.recipients?.other_list;
  return [
    ...(list === undefined ? [] : [`the last run had another list; to go on with that one, plan it:`]),
    ...(list === undefined ? [] : [nextCommand('plan', invoked, path, ['--recipients', list]), 'or call this one:']),
    nextCommand('run', invoked, path),
  ];
}

/** Where rows are invalid, the plan only counts them. */
function rejectsOf(diagnostics: PlanReport['diagnostics'], invoked: Invocation): readonly string[] {
  if (!diagnostics.some(({ code }) => code === 'RECIPIENTS_INVALID')) return [];
  return [nextCommand('validate', invoked, invoked.args, ['--rejects', 'rejects.csv'])];
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
