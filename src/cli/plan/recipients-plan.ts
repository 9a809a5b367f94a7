import { zonesOfRecipients } from '../../input/zones-of.ts';
import { certainSkip } from '../../ledger/certain-skip.ts';
import { paceOf } from '../../ledger/pace.ts';
import { countNew } from '../../model/count-new.ts';
import type { Address, Campaign } from '../../model/campaign.ts';
import type { Execution } from '../../model/execution.ts';
import { printAddress } from '../../model/campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { printDay, printInstant } from '../../model/instant.ts';
import { isAnyTime } from '../../model/hours.ts';
import type { Live } from '../../model/plan.ts';
import type { Recipient, ZonesOf } from '../../model/recipient.ts';
import { recipientTag } from '../../model/reference.ts';
import { estimate } from '../../plan/estimate.ts';
import type { RecipientsSummary } from '../../recipients/summary.ts';
import type { CallsPlan, GuardPlan, RecipientsPlan } from '../../report/plan-report.ts';
import { tripWhy } from '../../report/trip.ts';
import type { Comparison } from '../../store/contract/enrolment.ts';
import type { ReadStore } from '../../store/contract/read-store.ts';
import type { WaveState } from '../../store/contract/wave-state.ts';
import { limitWords } from '../../report/hours-words.ts';
import { boundRows } from '../../report/bound-words.ts';
import { boundsOf } from '../../model/bounds.ts';
import { invalidRows, sourcesOf } from '../recipients-validation.ts';
import { listFindings } from '../list-findings.ts';
import { accountOf } from '../account-of.ts';
import { openCampaignRecipients } from '../open-recipients.ts';
import { sentNames } from '../sent-names.ts';
import { validOf } from '../run/valid-of.ts';
import { guardFinding } from '../guard-finding.ts';
import { shownPath } from '../shown-path.ts';
import { isStopped } from '../run/before.ts';
import { stopReport } from '../stop-report.ts';
import type { World } from '../world.ts';
import { zoneTally } from '../zone-tally.ts';
import type { Account } from '../../providers/contract.ts';

/** A campaign's recipients as a change against the ledger, and what is wrong with the list as a whole. */
export type PlannedRecipients = {
  readonly recipients: RecipientsPlan | null;
  readonly guards: readonly GuardPlan[];
  readonly diagnostics: readonly Diagnostic[];
};

/** Reads all rows once; without a store nobody is compared. */
export async function planRecipients(
  campaign: Campaign,
  {
    store,
    ledger: recorded,
    live,
  }: { readonly store: ReadStore | undefined; readonly ledger: Address; readonly live: Live | undefined },
  world: Pick<World, 'files' | 'clock' | 'providers' | 'cwd'>,
): Promise<PlannedRecipients> {
  const opened = await openCampaignRecipients(campaign, world, live);
  if (opened.kind === 'failed') return { recipients: null, guards: [], diagnostics: opened.diagnostics };
  const { provider, account } = accountOf(campaign, world);
  const zonesOf = await zonesOfRecipients(campaign);
  const zones = zoneTally(zonesOf);
  const compared = await compare(campaign, zones.counting(validOf(opened)), {
    zonesOf,
    store,
    address: recorded,
    nowMs: world.clock.now(),
    account,
  });
  const summary = opened.summary();
  const otherStore = otherStoreOf(live, store);
  const isKnown = compared.kind === 'known' && otherStore === undefined;
  const ledger = isKnown ? ledgerOf(compared.comparison) : null;
  const { stopped, tripped, parent } = (compared.kind === 'known' ? compared.wave : undefined) ?? {};
  const isOwn = campaign.recipients.otherList === undefined;
  const otherList = isOwn && compared.kind === 'known' ? compared.otherList : undefined;
  const recipients = {
    sources: sourcesOf(campaign),
    rows: summary.rows,
    valid: summary.valid - summary.suppressed,
    repeated: summary.repeated,
    ...(summary.leftOut > 0 && { left_out: summary.leftOut }),
    suppressed: summary.suppressed,
    skips: compared.skips,
    ...(!isAnyTime(campaign.execution) && { zones: zones.plan() }),
    invalid: invalidRows(summary, campaign),
    ledger,
    ...(otherStore !== undefined && { other_store: otherStore }),
    ...(otherList !== undefined && { other_list: shownPath(otherList, world.cwd) }),
    ...(stopped !== undefined && { stopped: stopReport(stopped, campaign) }),
    ...(tripped !== undefined && { tripped: tripWhy(tripped) }),
    ...(parent !== undefined && { repeats: { wave: parent.wave, only: parent.only } }),
    variables: sentNames(campaign, { provider, account }, live) ?? Object.keys(campaign.recipients.variables),
    calls: callsOf(peopleOf(compared), campaign, ledger === null),
  };
  const guards = guardsOf(campaign, summary, ledger);
  return {
    recipients,
    guards,
    diagnostics: [...listFindings(summary, campaign), ...newGuardFindings(guards, campaign)],
  };
}

/** The store that ran the campaign last, where that is not this one: whom it called nobody can say here. */
function otherStoreOf(live: Live | undefined, store: ReadStore | undefined): string | undefined {
  const last = live?.mark?.store;
  return store === undefined || last === store.id ? undefined : last;
}

type Compared = { readonly skips: RecipientsPlan['skips'] } & (
  | {
      readonly kind: 'known';
      readonly comparison: Comparison;
      readonly wave: WaveState | undefined;
      /** The list of the wave's last run, where it was not the file's own. */
      readonly otherList: string | undefined;
    }
  /** No store tells who was called: everybody who may be. */
  | { readonly kind: 'unknown'; readonly people: number }
);

async function compare(
  campaign: Campaign,
  list: AsyncIterable<readonly Recipient[]>,
  {
    zonesOf,
    store,
    address,
    nowMs,
    account,
  }: {
    readonly zonesOf: ZonesOf;
    readonly store: ReadStore | undefined;
    readonly address: Address;
    readonly nowMs: number;
    readonly account: Account;
  },
): Promise<Compared> {
  const { wave, recipients, execution } = campaign;
  const options = {
    callEach: recipients.samePhone === 'call_each',
    certainSkip: certainSkip(execution, { nowMs, zonesOf, scheduledMs: account.calls.scheduledMs }),
    tagOf: (key: string) => recipientTag(address, wave, key),
  };
  if (store === undefined) {
    const { fresh: people, skips = {} } = await countNew(list, options.certainSkip);
    return { kind: 'unknown', people, skips };
  }
  const known = await store.wave(printAddress(address), wave);
  const comparison = await store.compare(known?.waveId, list, options);
  const otherList = known === undefined ? undefined : (await store.runs(known.waveId)).at(-1)?.list;
  return { kind: 'known', comparison, wave: known, otherList, skips: comparison.skips ?? {} };
}

function peopleOf(compared: Compared): number {
  if (compared.kind === 'unknown') return compared.people;
  // Who is called in a wave that repeats another is no matter of the file's list.
  return isStopped(compared.wave) || compared.wave?.parent !== undefined
    ? 0
    : compared.comparison.fresh + compared.comparison.pending;
}

function ledgerOf({ fresh, called, changed, pending, removed }: Comparison): NonNullable<RecipientsPlan['ledger']> {
  return { new: fresh, already_called: called, changed_since_call: changed, pending, removed };
}

function callsOf(people: number, { execution }: Campaign, atMost: boolean): CallsPlan {
  const { dispatches, callingMs, openMsPerWeek } = estimate(people, execution, paceOf(execution.rate).calls);
  return {
    people,
    at_most: atMost,
    dispatches,
    calling_seconds: Math.ceil(callingMs / 1000),
    open_seconds_per_week: openMsPerWeek === undefined ? null : openMsPerWeek / 1000,
    ...limitsOf(execution),
    ...planBounds(execution),
  };
}

function limitsOf(execution: Execution): Pick<CallsPlan, 'limits'> {
  const words = limitWords(execution);
  if (words.length === 0) return {};
  const { policy, holidays, startAtMs, endAtMs, expireAfterMs } = execution;
  return {
    limits: {
      ...(policy !== undefined && {
        policy: { name: policy.name, title: policy.title, citations: policy.citations },
      }),
      ...(holidays !== undefined && { holidays: holidays.map(printDay) }),
      ...(startAtMs !== undefined && { start_at: printInstant(startAtMs) }),
      ...(endAtMs !== undefined && { end_at: printInstant(endAtMs) }),
      ...(expireAfterMs !== undefined && { expire_after_seconds: expireAfterMs / 1000 }),
      words,
    },
  };
}

function planBounds(execution: Execution): Pick<CallsPlan, 'bounds'> {
  const words = boundRows(execution).map(([name, said = '']) => ({ name, words: said }));
  return words.length === 0 ? {} : { bounds: { ...boundsOf(execution), words } };
}

/** Who was called already is not known without a store: then nobody can say how many are new. */
function guardsOf(
  { guards }: Campaign,
  summary: RecipientsSummary,
  ledger: RecipientsPlan['ledger'],
): readonly GuardPlan[] {
  const { maxRecipients, maxNewRecipients } = guards;
  return [
    ...(maxRecipients === undefined
      ? []
      : [guard('max_recipients', maxRecipients, summary.valid - summary.suppressed)]),
    ...(maxNewRecipients === undefined || ledger === null
      ? []
      : [guard('max_new_recipients', maxNewRecipients, ledger.new)]),
  ];
}

function guard(name: string, limit: number, found: number): GuardPlan {
  return { guard: name, limit, found, kept: found <= limit };
}

function newGuardFindings(guards: readonly GuardPlan[], campaign: Campaign): readonly Diagnostic[] {
  return guards
    .filter((one) => one.guard === 'max_new_recipients' && !one.kept)
    .map(({ guard: name, limit, found }) => guardFinding(campaign, { guard: name, limit, found }));
}
