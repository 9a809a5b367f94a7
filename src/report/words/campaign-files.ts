import type { CampaignCodes } from '../../model/codes/campaign.ts';
import type { Wordings } from '../wording.ts';
import { example } from './example.ts';

type FileCodes = Pick<CampaignCodes, Extract<keyof CampaignCodes, `FILE_${string}` | `FOLDER_${string}`>>;

/** Findings about files as a whole: not there, not readable, not text. */
export const fileWords: Wordings<FileCodes> = {
  FILE_MISSING: {
    severity: 'error',
    title: 'A file or folder is not there',
    say: ({ path }) => `"${path}" is not there`,
    help: () =>
      'check the path: in a campaign file it starts from the folder of that file, on the command line from where you are',
    about: `A path on the command line, in \`\${file.PATH}\` or in \`{file: PATH}\` leads nowhere.

Relative paths in a campaign file start from the folder of that file, wherever callplan is started.`,
  },
  FILE_UNREADABLE: {
    severity: 'error',
    title: 'A file cannot be read',
    say: ({ path, problem }) => `"${path}" cannot be read: ${problem}`,
    help: () => 'name a file, and see that you may read it',
    about: 'A path leads to something that is not a file, or that you are not permitted to read.',
  },
  FILE_TOO_LARGE: {
    severity: 'error',
    title: 'A file is too large',
    say: ({ path, size, limit }) => `"${path}" has ${String(size)} bytes, more than ${String(limit)}`,
    help: () => 'keep recipients in a CSV file and name it under recipients.from',
    about: `Campaign files and the files that they name are read whole, so they are limited to 1 MiB. Recipients belong into a
CSV file, which may be as long as it likes.`,
  },
  FILE_BINARY: {
    severity: 'error',
    title: 'A file is not text',
    say: ({ path }) => `"${path}" is not a text file`,
    help: () => 'name a text file',
    about: 'The file holds zero bytes, which no text has. Perhaps it is a spreadsheet or an archive.',
  },
  FILE_ENCODING: {
    severity: 'error',
    title: 'A file is not UTF-8',
    say: ({ path, found }) => `"${path}" is not in UTF-8, but in ${found}`,
    help: () => 'save it as UTF-8',
    about: `Campaign files, and the files that they name, are in UTF-8, with or without a byte order mark. Where the finding has a
place, the first character that is not UTF-8 stands there. Editors offer the encoding when they save a file.`,
  },
  FILE_EMPTY: {
    severity: 'error',
    title: 'A campaign file says nothing',
    say: ({ path }) => `"${path}" says nothing`,
    help: () =>
      'begin with the least that a campaign says: "callplan explain FILE_EMPTY" shows it, "callplan schema campaign" describes every key',
    about: `The file is empty, or holds comments only. The least that a campaign says:

${example(`version: 1
campaign: clinic-reminders
wave: "2026-11-24"
provider: {type: intron, api_key: "\${env.INTRON_API_KEY}"}
workflow: {id: 550e8400-e29b-41d4-a716-446655440000}
recipients:
  from: [{csv: recipients.csv}]
  phone: "{{mobile}}"
  timezone: Africa/Lagos`)}`,
  },
  FOLDER_EMPTY: {
    severity: 'error',
    title: 'A folder holds no campaign file',
    say: ({ path }) => `no campaign file is in "${path}" or below it`,
    help: () =>
      'campaign files are called campaign.yaml, or end with .campaign.yaml (not .yml); "callplan explain FILE_EMPTY" shows the least that one says',
    about: `A folder on the command line means every \`campaign.yaml\` and \`*.campaign.yaml\` in it and below it, but not in
\`node_modules\` and in hidden folders. Here there is none. A file with another name can be named itself.`,
  },
};
