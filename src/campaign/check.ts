import type { Diagnostic } from '../model/diagnostic.ts';
import { validateCampaign } from '../model/generated/validate-campaign.ts';
import { explainError } from './explain-error.ts';
import type { Language } from './language.ts';
import type { SourcedMap } from './sourced.ts';
import { plain } from './sourced.ts';

/** Checks a composed and substituted campaign against the schemas: every finding, at the very key or value. */
export function check(root: SourcedMap, language?: Language): readonly Diagnostic[] {
  const validate = language?.validate ?? validateCampaign;
  validate(plain(root));
  const found = new Map<string, Diagnostic>();
  for (const error of validate.errors ?? []) {
    for (const diagnostic of explainError(error, root, language?.schemas)) {
      const id = identity(diagnostic);
      if (!found.has(id)) found.set(id, diagnostic);
    }
  }
  return [...found.values()];
}

/** The generic part of the schema and the provider's often say the same about one value, and so do aliases of it. */
function identity({ code, at }: Diagnostic): string {
  return `${code} ${String(at?.line)}:${String(at?.col)}`;
}
