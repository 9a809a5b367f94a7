import type { RunCodes } from '../../model/codes/run.ts';
import type { Wordings } from '../wording.ts';
import { listed } from './quote.ts';
import { rowWords } from './rows.ts';

/** Manifests that are named where the one that was asked for is not there, the latest first. */
const shownManifests = 4;

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
    help: ({ reason, detail = '' }) =>
      reason === 'ROW_PHONE_INVALID'
        ? invalidNumberHelp(detail)
        : 'write it with + and country code, or name the country of those without: --country NG',
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
  MANIFEST_MISSING: {
    severity: 'error',
    title: 'There is no manifest at a path',
    say: ({ path }) => `there is no manifest at ${path}`,
    help: ({ known }) => {
      const shown = known.slice(-shownManifests).toReversed();
      const more = known.length - shown.length;
      return known.length === 0
        ? 'name the manifest.json that run wrote below runs/, or the folder that it is in'
        : `there is ${listed([...shown, ...(more > 0 ? [`${String(more)} more`] : [])], 'and')}`;
    },
    about: `\`rerun\` and \`diff\` take the path of a \`manifest.json\`, or of the folder that it is in: \`run\` writes one for each wave, to
\`runs/<campaign>/<environment>/<wave>\` beside the campaigns' \`.callplan\`. The help names the manifests of the closest \`runs\` folder.`,
  },
  MANIFEST_INVALID: {
    severity: 'error',
    title: 'A file that is no manifest',
    say: ({ path, member }) =>
      member === undefined ? `${path} is no manifest` : `${path} is a damaged manifest: ${member} is missing or wrong`,
    help: () => 'name the manifest.json that run wrote below runs/, or the folder that it is in',
    about: `\`run\` writes the record of a wave to \`runs/<campaign>/<environment>/<wave>/manifest.json\`. A file that lacks what a manifest
has was cut, or changed by hand: what it says of the calls cannot be relied on.`,
  },
  MANIFEST_NEWER: {
    severity: 'error',
    title: 'A manifest of a newer callplan',
    say: ({ path, version }) => `${path} has format_version ${String(version)}, and this callplan knows 1`,
    help: () => 'update callplan',
    about: 'A newer callplan may write manifests in another way. An older one does not guess what they mean.',
  },
  MANIFEST_RESULTS: {
    severity: 'error',
    title: 'Results that do not go with their manifest',
    say: ({ path, problem, line = 0, counts = [] }) => {
      switch (problem) {
        case 'missing':
          return `${path} is not there, and the manifest beside it names its digest`;
        case 'differs':
          return `${path} is not what its manifest was written with: the SHA-256 is another`;
        case 'line':
          return `${path}:${String(line)} is no result`;
        case 'counts':
          return `${path} and the manifest beside it count differently: ${listed(counts, 'and')}`;
      }
    },
    help: ({ problem }) =>
      problem === 'missing'
        ? 'put the results.jsonl that was written with it beside it'
        : 'take both as they were written; run of that wave writes both anew from the store',
    about: `A manifest names the SHA-256 of the \`results.jsonl\` that was written with it, and counts what is in it. Where they do not agree, one of
them was changed, or both are of different moments. \`rerun\` and \`diff\` take nothing from such a pair. What became of the
calls is in the store all the same: another \`run\` of the wave writes both files anew.`,
  },
};

/** Of a number whose country is known: what is wrong is the number itself. */
function invalidNumberHelp(detail: string): string {
  const digits = Number(/^(\d+) digits$/.exec(detail)?.[1] ?? Number.NaN);
  if (Number.isNaN(digits)) return 'write nothing but the number, with + and country code';
  if (digits < 7) return 'it is too short: write all its digits, with + and country code';
  if (digits > 15) return 'it is too long: a number has 15 digits at most, with its country code';
  return 'check its digits: there is no such country code, or its country has no such numbers';
}
