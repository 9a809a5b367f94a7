import type { CampaignCodes } from './codes/campaign.ts';
import type { RecipientCodes } from './codes/recipients.ts';
import type { RunCodes } from './codes/run.ts';
import type { TemplateCodes } from './codes/templates.ts';
import type { Place } from './place.ts';

/** Every code with the arguments that its words need. Codes are never reused or renamed. */
export type CodeArgs = CampaignCodes & TemplateCodes & RecipientCodes & RunCodes;

export type Code = keyof CodeArgs;

/** A finding about the user's files: data with a place. Severity and words hang on the code, in report/words. */
export type Diagnostic = {
  [C in Code]: {
    readonly code: C;
    readonly args: CodeArgs[C];
    readonly at?: Place;
    /** Other places that matter: the first of two, the anchor behind an alias. */
    readonly related?: readonly Place[];
  };
}[Code];

export type Severity = 'error' | 'warning' | 'note';
