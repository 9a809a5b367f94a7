import { join } from 'node:path';
import type { OpenRecipients } from '../../input/load-recipients.ts';
import { zonesOfRecipients } from '../../input/zones-of.ts';
import { writeRejects } from '../../input/rejects.ts';
import { certainSkip } from '../../ledger/certain-skip.ts';
import { printAddress, type Campaign } from '../../model/campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Live } from '../../model/plan.ts';
import { recipientTag } from '../../model/reference.ts';
import { count, countOf } from '../../report/quantity.ts';
import type { Comparison } from '../../store/contract.ts';
import { runsFolder } from '../../run/runs-folder.ts';
import type { WaveRequest } from '../../run/run-wave.ts';
import { Halt } from '../halt.ts';
import { listFindings } from '../read-recipients.ts';
import { openCampaignRecipients } from '../recipients.ts';
import { shownPath } from '../shown-path.ts';
import { guardFinding } from '../guard-finding.ts';
import { Findings } from './findings-error.ts';
import type { BeforeRun, RunRequest, RunSession, Seen } from './run-request.ts';
import { validOf } from './read-list.ts';
import type { World } from '../world.ts';
import { zoneTally } from '../zone-tally.ts';
import { spoken } from '../../report/noun.ts';

/** @throws Findings */
export async function openList(campaign: Campaign, live: Live | undefined, world: World): Promise<OpenRecipients> {
  const list = await openCampaignRecipients(campaign, world, live);
  if (list.kind === 'failed') throw new Findings(list.diagnostics);
  return list;
}

/** Reads the whole list once and compares it with the ledger. @throws Findings where the list or a guard is against it */
export async function compareList(
  request: RunRequest,
  { observed, list }: { readonly observed: Seen; readonly list: OpenRecipients },
  session: RunSession,
): Promise<BeforeRun> {
  const { campaign, store } = request;
  const { recipients } = campaign;
  const { ledger } = session.recorded;
  const wave = await store.wave(printAddress(ledger), campaign.wave);
  const zonesOf = await zonesOfRecipients(campaign);
  const zones = zoneTally(zonesOf);
  const comparison = await store.compare(wave?.waveId, zones.counting(validOf(list)), {
    callEach: recipients.samePhone === 'call_each',
    certainSkip: certainSkip(campaign.execution, {
      nowMs: session.world.clock.now(),
      zonesOf,
      scheduledMs: observed.target.account.calls.scheduledMs,
    }),
    tagOf: (key) => recipientTag(ledger, campaign.wave, key),
  });
  const summary = list.summary();
  const rejects = request.alone ? undefined : await keepRejects(request, list, session.world);
  const findings = [...listFindings(summary, campaign), ...newGuard(campaign, comparison)];
  if (findings.length > 0) {
    if (rejects !== undefined) session.voice.say(`invalid rows: ${rejects}`);
    throw new Findings(findings);
  }
  const renamedFrom = ledger === campaign.address ? undefined : printAddress(ledger);
  const parent = request.rerun?.parent;
  return { campaign, renamedFrom, parent, observed, comparison, summary, wave, places: zones.places(), rejects };
}

/** All rows that cannot be called, with their reasons, beside the manifest: readable by the owner only. */
async function keepRejects(
  { campaign, root }: RunRequest,
  list: OpenRecipients,
  { files, cwd }: World,
): Promise<string | undefined> {
  if (list.summary().rejected.size === 0) return undefined;
  const path = join(await runsFolder(campaign, { root, files }), 'rejects.csv');
  await writeRejects(path, { columns: list.allColumns, rows: list.read() }, files);
  return shownPath(path, cwd);
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

/** The list is read again to be enrolled: what it says then counts. */
export function objectionTo(campaign: Campaign, list: OpenRecipients): WaveRequest['objection'] {
  return (comparison) => {
    const [finding] = listFindings(list.summary(), campaign);
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
