import type { Can, Provider } from '../providers/contract.ts';
import { isAble } from '../providers/contract.ts';
import type { Ability, ProviderReport } from '../report/providers-report.ts';

/** What a provider says of itself, and what can be read off its codec. `module`: the file that it came from. */
export function describeProvider(provider: Provider, module: string | null): ProviderReport {
  const { name, noun, facts, open } = provider;
  const { resource, calls } = open({});
  const { followUp, lookUp } = calls;
  return {
    name,
    title: facts.title,
    module,
    noun,
    resource: {
      list: abilityOf(resource.list),
      create: abilityOf(resource.create),
      update: { able: true, why: null },
      delete: abilityOf(resource.remove),
      mark: resource.marks,
      fixed: resource.fixed,
    },
    calls: {
      per_request: calls.batch,
      requests_per_second: calls.perSecond ?? null,
      cancel: abilityOf(calls.cancel),
      webhooks: abilityOf(calls.event),
      webhook_field: facts.webhook ?? null,
      transcripts: abilityOf(calls.transcript ?? { cannot: 'its module does not say how' }),
      follow_up: { every_seconds: followUp.everyMs / 1000, for_seconds: followUp.forMs / 1000 },
      look_up: {
        complete: lookUp.complete,
        settle_seconds: lookUp.settleMs / 1000,
        survey: abilityOf(lookUp.wave),
      },
    },
    placeholder: facts.placeholder,
    reference: facts.reference,
    outcomes: facts.outcomes,
    replies: facts.replies,
    unknown: facts.unknown,
  };
}

function abilityOf<T extends object>(capability: Can<T>): Ability {
  return isAble(capability) ? { able: true, why: null } : { able: false, why: capability.cannot };
}
