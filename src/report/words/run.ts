import type { RunCodes } from '../../model/codes/run.ts';
import type { Wordings } from '../wording.ts';
import { listed } from './quote.ts';
import { rowWords } from './rows.ts';

/** Findings that need more than the files: guards, address changes, the store, numbers on the command line. */
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
  SUPPRESS_NUMBER: {
    severity: 'error',
    title: 'What is to be suppressed is no phone number',
    say: ({ where, reason, detail }) => {
      const code = { code: reason, ...(detail === undefined ? {} : { detail }) };
      return `${where}: ${rowWords[reason].say(code)}`;
    },
    help: () => 'write it with + and country code, or name the country of those without: --country NG',
    about: `\`callplan suppress\` writes down nothing where one of the numbers cannot be read: it would be a person who is called although
they asked not to be. Numbers are read as those of recipients are; \`--country\` is for those written without a country code.`,
  },
  SUPPRESS_MORE: {
    severity: 'error',
    title: 'More of what is to be suppressed is no phone number',
    say: ({ more }) => `${String(more)} more are no phone numbers`,
    help: () => 'mend the first ones; the rest often has the same cause',
    about: 'The first twenty numbers that cannot be read are told one by one. See SUPPRESS_NUMBER.',
  },
};
