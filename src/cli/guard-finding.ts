import type { Campaign } from '../model/campaign.ts';
import type { CodeArgs, Diagnostic } from '../model/diagnostic.ts';

/** More recipients than a guard allows, told where the campaign says so. */
export function guardFinding({ guards, recipients }: Campaign, args: CodeArgs['GUARD_RECIPIENTS']): Diagnostic {
  return { code: 'GUARD_RECIPIENTS', args, at: guards.places?.[args.guard] ?? recipients.at };
}
