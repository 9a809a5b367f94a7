import { join } from 'node:path';
import type { OpenRecipients } from '../../input/load-recipients.ts';
import { zonesOfRecipients } from '../../input/zones-of.ts';
import { writeRejects } from '../../input/rejects.ts';
import { certainSkip } from '../../ledger/certain-skip.ts';
import { printAddress, type Campaign } from '../../model/campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Live } from '../../model/plan.ts';
import type { ZonesOf } from '../../model/recipient.ts';
import { recipientTag } from '../../model/reference.ts';
import { count, countOf } from '../../report/quantity.ts';
import type { RecipientsSummary } from '../../recipients/summary.ts';
import type { Comparison } from '../../store/contract/enrolment.ts';
import type { WaveState } from '../../store/contract/wave-state.ts';
import { runsFolder } from '../../run/runs-folder.ts';
import type { WaveRequest } from '../../run/run-wave.ts';
import { Halt } from '../halt.ts';
import { listFindings } from '../list-findings.ts';
import { openCampaignRecipients } from '../open-recipients.ts';
import { shownPath } from '../shown-path.ts';
import { guardFinding } from '../guard-finding.ts';
import { Findings } from './findings-error.ts';
import { keptRows } from './kept-rows.ts';
import { fingerprintOf, summaryOf } from './list-mark.ts';
import type { BeforeRun, RunRequest, RunSession, Seen } from './run-request.ts';
import { validOf } from './valid-of.ts';
import type { World } from '../world.ts';
import { zoneTally } from '../zone-tally.ts';
import { spoken } from '../../report/spoken.ts';

/** @throws Findings */
export async function openList(campaign: Campaign, live: Live | undefined, world: World): Promise<OpenRecipients> {
  const list = await openCampaignRecipients(campaign, world, live);
  if (list.kind === 'failed') throw new Findings(list.diagnostics);
  return list;
}

/**
 * Compares the whole list with the ledger: by its rows, unless it is the one that was enrolled last. @throws Findings where the
 * list or a guard is against it
 */
export async function compareList(
  request: RunRequest,
  { observed, list }: { readonly observed: Seen; readonly list: OpenRecipients },
  session: RunSession,
): Promise<BeforeRun> {
  const { campaign, store } = request;
  const { ledger } = session.recorded;
  const wave = await store.wave(printAddress(ledger), campaign.wave);
  const zonesOf = await zonesOfRecipients(campaign);
  const fingerprint = await fingerprintOf(campaign, list, observed.live, session.world);
  const seen = { wave, observed, list, zonesOf, fingerprint };
  const compared = (await compareKnown(request, seen, session)) ?? (await compareRows(request, seen, session));
  const { comparison, summary, rejects } = compared;
  const findings = [...listFindings(summary, campaign), ...newGuard(campaign, comparison)];
  if (findings.length > 0) {
    if (rejects !== undefined) session.voice.say(`invalid rows: ${rejects}`);
    throw new Findings(findings);
  }
  const renamedFrom = ledger === campaign.address ? undefined : printAddress(ledger);
  const parent = request.rerun?.parent;
  return { campaign, renamedFrom, parent, observed, wave, ...compared };
}

type Comparing = {
  readonly wave: WaveState | undefined;
  readonly observed: Seen;
  readonly list: OpenRecipients;
  readonly zonesOf: ZonesOf;
  /** Of the list before its rows are read. */
  readonly fingerprint: string | undefined;
};

type Compared = Pick<BeforeRun, 'comparison' | 'summary' | 'places' | 'rejects' | 'fingerprint' | 'rows'>;

async function compareKnown(request: RunRequest, seen: Comparing, session: RunSession): Promise<Compared | undefined> {
  const { wave, fingerprint } = seen;
  const { campaign, store } = request;
  if (wave === undefined || fingerprint === undefined || session.recorded.ledger !== campaign.address) return undefined;
  const nowMs = session.world.clock.now();
  const known = await store.compareKnown(wave.waveId, fingerprint, {
    certainSkip: skipsOf(campaign, seen, nowMs),
    nowMs,
  });
  if (known === undefined) return undefined;
  const summary = summaryOf(known.told);
  const compared = { comparison: known.comparison, summary, places: known.told.places, fingerprint };
  if (summary.rejected.size === 0) return { ...compared, rejects: undefined };
  // Written by the run that read the list; whoever took it away gets it again.
  const path = await rejectsPath(request, session.world);
  if ((await session.world.files.info(path)) === undefined) return undefined;
  return { ...compared, rejects: shownPath(path, session.world.cwd) };
}

async function compareRows(request: RunRequest, seen: Comparing, session: RunSession): Promise<Compared> {
  const { campaign, store } = request;
  const { wave, observed, list, zonesOf, fingerprint } = seen;
  const zones = zoneTally(zonesOf);
  const kept = keptRows();
  const comparison = await store.compare(wave?.waveId, zones.counting(kept.keeping(validOf(list))), {
    callEach: campaign.recipients.samePhone === 'call_each',
    certainSkip: skipsOf(campaign, seen, session.world.clock.now()),
    tagOf: (key) => recipientTag(session.recorded.ledger, campaign.wave, key),
  });
  const rejects = request.alone ? undefined : await keepRejects(request, list, session.world);
  const compared = { comparison, summary: list.summary(), places: zones.places(), rejects };
  const all = kept.all();
  if (fingerprint === undefined || all === undefined) return compared;
  // A file that was written meanwhile may have been read half.
  const isSame = fingerprint === (await fingerprintOf(campaign, list, observed.live, session.world));
  return isSame ? { ...compared, rows: { fingerprint, all } } : compared;
}

function skipsOf(
  { execution }: Campaign,
  { observed, zonesOf }: Pick<Comparing, 'observed' | 'zonesOf'>,
  nowMs: number,
): ReturnType<typeof certainSkip> {
  return certainSkip(execution, { nowMs, zonesOf, scheduledMs: observed.target.account.calls.scheduledMs });
}

/** All rows that cannot be called, with their reasons, beside the manifest: readable by the owner only. */
async function keepRejects(
  request: RunRequest,
  list: OpenRecipients,
  { files, cwd }: World,
): Promise<string | undefined> {
  if (list.summary().rejected.size === 0) return undefined;
  const path = await rejectsPath(request, { files });
  await writeRejects(path, { columns: list.allColumns, rows: list.read() }, files);
  return shownPath(path, cwd);
}

async function rejectsPath({ campaign, root }: RunRequest, { files }: Pick<World, 'files'>): Promise<string> {
  return join(await runsFolder(campaign, { root, files }), 'rejects.csv');
}

function newGuard(campaign: Campaign, { fresh }: Comparison): readonly Diagnostic[] {
  const limit = campaign.guards.maxNewRecipients;
  if (limit === undefined || fresh <= limit) return [];
  return [guardFinding(campaign, { guard: 'max_new_recipients', limit, found: fresh })];
}

/**
 * Opens the list again to enrol it, against the resource as it is after applying: a live object may ask for what no
 * column brings. @throws Findings, Halt
 */
export async function openAgain(
  campaign: Pick<Campaign, 'variables' | 'recipients' | 'resource'>,
  { sent, open }: { readonly sent: readonly string[]; readonly open: () => Promise<OpenRecipients> },
): Promise<OpenRecipients> {
  const list = await open();
  const { variables, recipients, resource } = campaign;
  const known = new Set([...(list.columns ?? []), ...Object.keys(variables), ...Object.keys(recipients.variables)]);
  const missing = list.columns === undefined ? [] : sent.filter((name) => !known.has(name));
  if (missing.length === 0) return list;
  throw new Halt(
    'invalid',
    `the live ${spoken(resource.noun)} asks for ${missing.join(', ')}, which no column and no variable brings`,
    ['add a column or an entry in recipients.variables with that name'],
  );
}

/** What the list says when it is enrolled counts. */
export function objectionTo(campaign: Campaign, summary: () => RecipientsSummary): WaveRequest['objection'] {
  return (comparison) => {
    const [finding] = listFindings(summary(), campaign);
    if (finding !== undefined) {
      const exit = finding.code === 'GUARD_RECIPIENTS' ? 5 : 3;
      return { exit, why: 'the list of recipients changed while it was read' };
    }
    const limit = campaign.guards.maxNewRecipients;
    if (limit === undefined || comparison.fresh <= limit) return undefined;
    return {
      exit: 5,
      why: `${countOf(comparison.fresh, 'recipient is', 'recipients are')} new, max_new_recipients is ${count(limit)}`,
    };
  };
}
