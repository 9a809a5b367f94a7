import { endingsOf as endingsOfResults } from '../../apply/applied.ts';
import type { Applied } from '../../apply/applied.ts';
import type { Observed } from '../../apply/observe.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ApplicationReport } from '../../report/application-report.ts';
import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import { joinParts } from '../../report/join-parts.ts';
import { changesAnything, renderBefore, renderResults } from '../../report/render-application.ts';
import { openSqlite, openSqliteToRead } from '../../store/sqlite/open.ts';
import { applicationReport } from '../apply/application.ts';
import { applyObserved, isWork } from '../apply/apply-observed.ts';
import type { Doable } from '../apply/apply-observed.ts';
import { approveChanges } from '../apply/approve-changes.ts';
import type { ChangeApproval } from '../apply/approve-changes.ts';
import { nameFindings } from '../apply/name-findings.ts';
import type { Invocation } from '../command.ts';
import { exitCode } from '../exit.ts';
import type { Ending } from '../exit.ts';
import { findingsReport } from '../findings-report.ts';
import { endingsOf, together } from '../findings.ts';
import { interruptedEnding } from '../interrupted-ending.ts';
import { load, refusal } from '../load.ts';
import type { Loaded } from '../../input/load-campaign.ts';
import { namedPath, nextCommand, nextRuns } from '../next-command.ts';
import { autoApproveOption, formatOption, storeOption } from '../options.ts';
import { acknowledging, allowedOf, isGuarded } from '../plan/allowed.ts';
import { nothingPlanned, troubleEndings } from '../plan/summarize.ts';
import { checkAddresses, formerNames } from '../plan/make-plan.ts';
import { observeCampaigns } from '../plan/observe-campaigns.ts';
import type { Report } from '../report.ts';
import { interruptions } from '../run/interruptions.ts';
import { namingOf, type Recorded } from '../run/check-address.ts';
import { Findings } from '../run/findings-error.ts';
import { screenOf } from '../screen.ts';
import { resolveStore } from '../store.ts';
import { textsFor } from '../texts.ts';
import type { Providers } from '../providers.ts';
import type { World } from '../world.ts';

/** Makes the providers match the files; calls nobody. */
export async function apply(invoked: Invocation, world: World): Promise<Report> {
  const loaded = await load(invoked, world, { secrets: 'needed', base: 'refused' });
  const refused = refusal(loaded, 'application', { campaigns: [], summary: nothingPlanned, refusal: null });
  if (refused !== undefined) return refused;
  const note = (line: string): void => world.terminal.err(`${line}\n`);
  const signals = interruptions(world, note);
  try {
    const seen = await look(loaded, invoked, { world, signal: signals.drain });
    const done = await decide(seen, invoked, { world, signal: signals.drain, note });
    const endings: readonly Ending[] = signals.drain.aborted
      ? [interruptedEnding[signals.how()], ...done.endings]
      : done.endings;
    const texts = await textsFor(seen.diagnostics, loaded.texts, world);
    return reportOf(seen, { ...done, endings }, texts, invoked);
  } catch (error) {
    if (!(error instanceof Findings)) throw error;
    return findingsReport(together(loaded.diagnostics, error.diagnostics), loaded.texts);
  } finally {
    signals.stop();
  }
}

type Session = { readonly world: World; readonly signal: AbortSignal };

type Seen = {
  readonly observed: readonly Observed[];
  readonly diagnostics: readonly Diagnostic[];
  readonly records: ReadonlyMap<string, Recorded>;
  /** Where the store is, or will be. */
  readonly path: string;
  readonly providers: Providers;
};

async function look(loaded: Loaded, invoked: Invocation, { world, signal }: Session): Promise<Seen> {
  const files = loaded.campaigns.map(({ path }) => path);
  const path = await resolveStore({ named: invoked.option(storeOption), files }, world);
  const store = await openSqliteToRead(path);
  try {
    const records = await checkAddresses(loaded.campaigns, { store, naming: namingOf(invoked) }, world);
    const options = { access: 'read', store, formerly: formerNames(records), signal } as const;
    const observed = await observeCampaigns(loaded.campaigns, options, world);
    const diagnostics = together(loaded.diagnostics, await nameFindings(observed, world));
    return { observed, diagnostics, records, path, providers: world.providers };
  } finally {
    await store?.close();
  }
}

type Done = {
  readonly results: readonly Applied[];
  readonly endings: readonly Ending[];
  /** Why nothing was tried, where an approval was wanting. */
  readonly refused?: ChangeApproval & { readonly kind: 'refused' };
};

/** Asks for approval and applies, unless something stands in the way; then nothing at all is written. */
async function decide(
  seen: Seen,
  invoked: Invocation,
  session: Session & { readonly note: (line: string) => void },
): Promise<Done> {
  const { world } = session;
  const before = beforeOf(seen, invoked);
  const trouble = [...endingsOf(seen.diagnostics), ...troubleEndings(seen.observed, before.summary)];
  const isText = invoked.option(formatOption) === 'text';
  if (isText) world.terminal.out(renderBefore(before, screenOf('stdout', world)));
  if (trouble.length > 0) return { results: [], endings: trouble };
  const doables = seen.observed.flatMap((observed) => doableOf(observed, seen.records));
  const work = doables.filter(isWork);
  const kept = doables.filter((one) => !isWork(one)).flatMap(keptResult);
  if (before.campaigns.some(changesAnything)) {
    const approval = await approveChanges(before, invoked, session);
    if (approval.kind === 'refused') return { results: [], endings: ['refused'], refused: approval };
  }
  if (work.length === 0) return { results: kept, endings: [] };
  const store = await openSqlite(seen.path, { ...world, create: true });
  try {
    const applied = await applyObserved(work, { store, ...session, status: nextCommand('status', invoked) }, world);
    return { results: [...kept, ...applied], endings: endingsOfResults(applied) };
  } finally {
    await store.close();
  }
}

function beforeOf({ observed, diagnostics, providers }: Seen, { option }: Invocation): ApplicationReport {
  return applicationReport(observed, [], { diagnostics, providers, allowed: allowedOf({ option }) });
}

function doableOf(observed: Observed, records: Seen['records']): readonly Doable[] {
  if (observed.kind === 'unreachable' || observed.planned.kind === 'conflict') return [];
  const { action } = observed.planned;
  const recorded = records.get(action.address) ?? { ledger: observed.target.campaign.address };
  return [{ observed, action, recorded }];
}

function keptResult({ action }: Doable): readonly Applied[] {
  return action.kind === 'keep' ? [{ kind: 'kept', address: action.address, id: action.id }] : [];
}

function reportOf(
  seen: Seen,
  { results, endings, refused }: Done,
  texts: ReadonlyMap<string, string>,
  invoked: Invocation,
): Report {
  const { observed, diagnostics } = seen;
  const report = applicationReport(observed, results, {
    diagnostics,
    providers: seen.providers,
    allowed: allowedOf(invoked),
    ...(refused === undefined ? {} : { refusal: refused.why }),
  });
  return {
    endings,
    kind: 'application',
    data: report,
    text: (view) => {
      const parts = joinParts([renderDiagnostics(diagnostics, texts, view), renderResults(report, view)]);
      return parts === '' ? '' : `\n${parts}`;
    },
    next: refused?.next ?? nextOf(report, endings, invoked),
  };
}

function nextOf(
  { campaigns, summary }: ApplicationReport,
  endings: readonly Ending[],
  invoked: Invocation,
): readonly string[] {
  if (isGuarded(summary)) {
    const approved = invoked.option(autoApproveOption) ? ['--auto-approve'] : [];
    return [nextCommand('apply', invoked, invoked.args, [...approved, ...acknowledging(summary)])];
  }
  if (exitCode(endings) !== 0) return [nextCommand('plan', invoked)];
  const [only, ...others] = campaigns;
  return only === undefined || others.length > 0
    ? nextRuns(invoked)
    : [nextCommand('run', invoked, namedPath(invoked, only.file, campaigns.length))];
}
