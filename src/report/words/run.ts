import type { RunCodes } from '../../model/codes/run.ts';
import type { Wordings } from '../wording.ts';
import { listed } from './quote.ts';

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
  RENAMED_FROM_UNKNOWN: {
    severity: 'error',
    title: 'An address that the store does not know',
    say: ({ address }) => `--renamed-from names ${address}, and the store knows nothing of it`,
    help: ({ meant, known }) =>
      known.length === 0
        ? 'name the store that ran it with --store or CALLPLAN_STORE'
        : `${meant === undefined ? '' : `did you mean ${meant}? `}The store knows ${listed(known, 'and')}`,
    about: `\`--renamed-from\` moves what the store knows of an address (\`campaign/environment\`) to the one that the file has now:
which object is its own, and whom it has called. An address that was mistyped, or that another store ran, has nothing to move;
going on without it would call everybody again.`,
  },
};
