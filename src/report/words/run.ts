import type { RunCodes } from '../../model/codes/run.ts';
import type { Wordings } from '../wording.ts';

/** Findings that need more than the files: guards, address changes, the store. */
export const runWords: Wordings<RunCodes> = {
  GUARD_RECIPIENTS: {
    severity: 'error',
    title: 'More recipients than a guard allows',
    say: ({ guard, limit, found }) => `${String(found)} recipients, but guards.${guard} allows ${String(limit)}`,
    help: ({ guard }) => `see whether the list is the right one, then raise guards.${guard}`,
    about:
      'A guard bounds how many people a campaign may call, so that a wrong list is noticed before anybody is called.',
  },
};
