/**
 * A plan of campaigns: what applying would change at the providers and whom runs would call. It reads files, the store
 * and the providers, through doors that refuse to write, and comes out as data for the report and the exit code.
 */
import type { FormerNames, Observed } from '../../apply/observe.ts';
import { printAddress, type Campaign } from '../../model/campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { finding } from '../../report/finding.ts';
import type { CampaignPlan, PlanReport } from '../../report/plan-report.ts';
import type { ReadStore } from '../../store/contract/read-store.ts';
import { version } from '../../version.ts';
import type { Ending } from '../exit.ts';
import { endingsOf, together } from '../findings.ts';
import { repositoryPath } from '../repository-path.ts';
import { checkAddress, type Naming, type Recorded } from '../run/check-address.ts';
import { seenFiles } from '../seen-files.ts';
import { UsageError } from '../usage-error.ts';
import { campaignHead, campaignOf } from './campaign-head.ts';
import { summarize, troubleEndings } from './summarize.ts';
import type { Allowed } from './allowed.ts';
import { observeCampaigns } from './observe-campaigns.ts';
import { planRecipients } from './plan-recipients.ts';
import { resourcePlan } from './resource-plan.ts';
import type { World } from '../world.ts';

export type PlanOptions = {
  readonly store: ReadStore | undefined;
  readonly allowed: Allowed;
  readonly naming: Naming;
  /** Findings of loading: notes and warnings. */
  readonly diagnostics: readonly Diagnostic[];
  readonly signal: AbortSignal;
};

export type Planning = {
  readonly report: PlanReport;
  readonly diagnostics: readonly Diagnostic[];
  readonly endings: readonly Ending[];
};

/** @throws Halt where a file speaks for another address than before */
export async function makePlan(campaigns: readonly Campaign[], options: PlanOptions, world: World): Promise<Planning> {
  const { store, naming, signal } = options;
  const records = await checkAddresses(campaigns, { store, naming }, world);
  const formerly = formerNames(records);
  const seen = await observeCampaigns(campaigns, { access: 'read', store, formerly, signal }, world);
  const plans: CampaignPlan[] = [];
  const found: Diagnostic[] = [];
  for (const observed of seen) {
    const { plan, diagnostics } = await planCampaign(observed, { store, records }, world);
    plans.push(plan);
    found.push(...diagnostics);
  }
  const diagnostics = together(options.diagnostics, found);
  const summary = { ...summarize(plans, seen, options.allowed), to_call: peopleOf(plans) };
  return {
    report: { tool_version: version, campaigns: plans, summary, diagnostics: diagnostics.map(finding) },
    diagnostics,
    endings: [...endingsOf(diagnostics), ...troubleEndings(seen, summary)],
  };
}

/**
 * Where the store has the records of the campaigns, by their addresses. @throws Halt where a file speaks for another
 * address than before, as far as the store knows
 */
export async function checkAddresses(
  campaigns: readonly Campaign[],
  { store, naming }: Pick<PlanOptions, 'store' | 'naming'>,
  world: Pick<World, 'files'>,
): Promise<ReadonlyMap<string, Recorded>> {
  const { renamedFrom } = naming;
  if (renamedFrom !== undefined && campaigns.length > 1) {
    throw new UsageError('--renamed-from is about one campaign, and there are several here', 'Name one file');
  }
  const files = seenFiles(world.files);
  const records = new Map<string, Recorded>();
  for (const campaign of campaigns) {
    const { address } = campaign;
    const alone = { ledger: address, ...(renamedFrom === undefined ? {} : { formerly: [renamedFrom] }) };
    const file = await repositoryPath(campaign.path, files);
    records.set(
      printAddress(address),
      store === undefined ? alone : await checkAddress(campaign, file, { store, ...naming }),
    );
  }
  return records;
}

/** What addresses were called before, where that is so. */
export function formerNames(records: ReadonlyMap<string, Recorded>): FormerNames {
  return new Map(
    [...records].flatMap(([address, { formerly }]) => (formerly === undefined ? [] : [[address, formerly] as const])),
  );
}

async function planCampaign(
  observed: Observed,
  known: { readonly store: ReadStore | undefined; readonly records: ReadonlyMap<string, Recorded> },
  world: World,
): Promise<{ readonly plan: CampaignPlan; readonly diagnostics: readonly Diagnostic[] }> {
  const campaign = campaignOf(observed);
  const address = printAddress(campaign.address);
  const ledger = known.records.get(address)?.ledger ?? campaign.address;
  const live = observed.kind === 'observed' ? observed.live : undefined;
  const { store } = known;
  const { diagnostics, recipients, guards } = await planRecipients(campaign, { store, ledger, live }, world);
  const resource = resourcePlan(observed);
  const { by_hand, ...head } = campaignHead(observed, resource, world);
  const from = printAddress(ledger);
  const renamed = { renamed_from: from === address ? null : from };
  const plan = { ...head, ...renamed, definition: campaign.definitionDigest, resource, recipients, guards, by_hand };
  return { plan, diagnostics };
}

/** Null where nobody knows of all of them who was called already. */
function peopleOf(plans: readonly CampaignPlan[]): number | null {
  let people = 0;
  for (const { recipients } of plans) {
    if (recipients === null || recipients.calls.at_most) return null;
    people += recipients.calls.people;
  }
  return people;
}
