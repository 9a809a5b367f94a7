/** All rules about campaign files that a schema cannot say, or not as well. Each is told what it may look at in rule.ts. */
import type { Diagnostic } from '../../model/diagnostic.ts';
import { anotherTime } from './another-time.ts';
import { attempts } from './attempts.ts';
import { consent, countryCode, recipientsFrom, variableNames, zoneName } from './recipients.ts';
import type { Rule, RuleInput } from './rule.ts';
import { sources } from './sources.ts';
import { budgetCost, budgetRoom, capLength, stopShares } from './stops.ts';
import { dates, followUp, policyHours, settle, span, windows } from './timing.ts';
import { wave } from './wave.ts';

const rules: readonly Rule[] = [
  wave,
  recipientsFrom,
  sources,
  zoneName,
  countryCode,
  variableNames,
  windows,
  dates,
  span,
  consent,
  policyHours,
  attempts,
  anotherTime,
  stopShares,
  budgetCost,
  budgetRoom,
  capLength,
  followUp,
  settle,
];

/** What all rules find. */
export function checkRules(input: RuleInput): readonly Diagnostic[] {
  return rules.flatMap((rule) => rule(input));
}
