import type { Observed } from '../../apply/observe.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { Action } from '../../model/plan.ts';
import { sayConflict } from '../../report/say-conflict.ts';
import type { PlannedResource, Replaces, ResourcePlan } from '../../report/plan-report.ts';
import { remoteFailure } from '../failure.ts';

/** A campaign's resource as a plan reports it. */
export function resourcePlan(observed: Observed): ResourcePlan {
  if (observed.kind === 'unreachable') {
    const { message, next } = remoteFailure(observed.error);
    const { noun } = observed.campaign.resource;
    return { action: 'unreachable', noun, reason: observed.error.kind, message, help: next.join('; ') };
  }
  const { campaign } = observed.target;
  if (observed.planned.kind === 'action') return planned(observed.planned.action, campaign, observed);
  const { conflict } = observed.planned;
  return { action: 'conflict', noun: campaign.resource.noun, reason: conflict.reason.kind, ...sayConflict(conflict) };
}

function planned(
  action: Action,
  campaign: Campaign,
  { live }: Observed & { readonly kind: 'observed' },
): PlannedResource {
  const { noun } = campaign.resource;
  const fields = 'fields' in action ? (action.fields ?? null) : null;
  const name = fields?.['name'] ?? live?.fields['name'];
  return {
    action: action.kind,
    noun,
    name: typeof name === 'string' ? name : null,
    id: 'id' in action ? action.id : null,
    missing: action.kind === 'create' ? (action.missing ?? null) : null,
    managed: campaign.resource.fields !== undefined,
    expects: 'expects' in action ? action.expects : null,
    changes: 'changes' in action ? action.changes : [],
    ...('shared' in action && { shared: action.shared }),
    replaces: action.kind === 'replace' ? replacesOf(action) : null,
    request: 'request' in action ? action.request : null,
    fields,
  };
}

function replacesOf({ fixed, lettingGo }: Action & { readonly kind: 'replace' }): Replaces {
  const { how, request = null } = lettingGo;
  return { fixed, how, why: how === 'forget' ? lettingGo.why : null, request };
}
