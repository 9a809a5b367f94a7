import type { CampaignCodes } from '../../model/codes/campaign.ts';
import type { Wordings } from '../wording.ts';

/** Findings about campaign files: their YAML, keys, values, substitutions. */
export const campaignWords: Wordings<CampaignCodes> = {
  FILE_MISSING: {
    severity: 'error',
    title: 'A file or folder is not there',
    say: ({ path }) => `"${path}" is not there`,
    help: () =>
      'check the path; relative paths start from the file that says them, on the command line from where you are',
    about: 'A path on the command line or in a campaign file leads nowhere.',
  },
};
