/** An application as data: what `apply --format json` prints, described by schema/application.schema.json. */
import type { Finding } from './finding.ts';
import type { CampaignPlan, PlanSummary } from './plan-report.ts';

export type ApplicationReport = {
  readonly tool_version: string;
  readonly campaigns: readonly CampaignApplication[];
  readonly summary: Omit<PlanSummary, 'to_call'>;
  /** Why nobody's approval was had; null where it was, or was not asked for. */
  readonly refusal: string | null;
  readonly diagnostics: readonly Finding[];
};

export type CampaignApplication = Pick<
  CampaignPlan,
  'address' | 'file' | 'wave' | 'provider' | 'resource' | 'by_hand'
> & {
  /** Null where nothing was tried: a conflict, a guard, no approval. */
  readonly result: ApplicationResult | null;
};

export type ApplicationResult = {
  readonly kind:
    | 'created'
    | 'updated'
    | 'adopted'
    | 'replaced'
    | 'kept'
    | 'not_persisted'
    | 'stale'
    | 'failed'
    | 'not_tried';
  readonly id: string | null;
  /** Fields that the provider did not keep as they were written. */
  readonly paths: readonly string[];
  /** Why it is not as planned; of one that was replaced, what became of the old one. */
  readonly message: string | null;
};
