import type { Applied } from '../../apply/applied.ts';
import type { Observed } from '../../apply/observe.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ApplicationReport, ApplicationResult, CampaignApplication } from '../../report/application-report.ts';
import { finding } from '../../report/finding.ts';
import type { RemoteErrorKind } from '../../remote/remote-error.ts';
import { version } from '../../version.ts';
import { campaignHead } from '../plan/campaign-head.ts';
import { summarize } from '../plan/summarize.ts';
import type { Allowed } from '../plan/allowed.ts';
import { resourcePlan } from '../plan/resource-plan.ts';
import type { Providers } from '../providers.ts';

/** What was seen, planned and done, as the output of apply; without results where nothing was tried. */
export function applicationReport(
  seen: readonly Observed[],
  results: readonly Applied[],
  options: {
    readonly diagnostics: readonly Diagnostic[];
    readonly allowed: Allowed;
    readonly refusal?: string;
    readonly providers: Providers;
  },
): ApplicationReport {
  const byAddress = new Map(results.map((applied) => [applied.address, applied]));
  const campaigns = seen.map((observed): CampaignApplication => {
    const resource = resourcePlan(observed);
    const head = campaignHead(observed, resource, options);
    const applied = byAddress.get(head.address);
    return { ...head, resource, result: applied === undefined ? null : resultOf(applied) };
  });
  return {
    tool_version: version,
    campaigns,
    summary: summarize(campaigns, seen, options.allowed),
    refusal: options.refusal ?? null,
    diagnostics: options.diagnostics.map(finding),
  };
}

function resultOf(applied: Applied): ApplicationResult {
  return {
    kind: applied.kind,
    id: 'id' in applied ? applied.id : null,
    paths: applied.kind === 'not_persisted' ? applied.paths : [],
    message: messageOf(applied) ?? null,
  };
}

const stale = {
  changed: 'the object changed since it was planned; plan again',
  gone: 'the object is gone since it was planned; plan again',
  appeared: 'an object with this mark appeared since it was planned; plan again',
  open_calls: 'calls to the object are open, and looked up there; let them end first',
  other_store: 'another store ran the object, and this one does not know of its open calls; apply with that one',
} as const;

const oldWords = {
  delete: 'was deleted',
  forget: 'was forgotten: it stays at the provider, without our mark',
} as const;

const notTried = {
  stale: 'another object changed since it was planned, so nothing was written',
  unauthorized: 'the provider refused the credential',
  interrupted: 'interrupted before its turn',
} as const;

function messageOf(applied: Applied): string | undefined {
  switch (applied.kind) {
    case 'created':
    case 'updated':
    case 'adopted':
    case 'kept':
      return undefined;
    case 'replaced':
      return `${applied.old.id}, which it was until now, ${oldWords[applied.old.how]}`;
    case 'not_persisted':
      return 'written, and read back otherwise';
    case 'stale':
      return stale[applied.why];
    case 'failed':
      return `${applied.message}${applied.mayHaveHappened ? '; it may have worked: the next apply looks first' : hintOf(applied.error)}`;
    case 'not_tried':
      return notTried[applied.why];
  }
}

function hintOf(error: RemoteErrorKind): string {
  return error === 'rejected' ? '; compare the fields with the API page of the provider' : '';
}
