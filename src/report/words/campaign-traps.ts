import type { CampaignCodes } from '../../model/codes/campaign.ts';
import type { Wordings } from '../wording.ts';
import { wrongAndRight } from './example.ts';

type TrapCodes = Pick<CampaignCodes, Extract<keyof CampaignCodes, `TRAP_${string}`>>;

/** Findings about lines that YAML reads as something else than their writer meant. */
export const trapWords: Wordings<TrapCodes> = {
  TRAP_TEMPLATE: {
    severity: 'error',
    title: 'A template without quotes',
    say: () => 'a text that begins with {{ needs quotes: YAML takes the braces for a map',
    help: ({ line }) => `write: ${line}`,
    about: `Braces at the beginning of a value begin a map in YAML, so a template has to stand in quotes.

${wrongAndRight('phone: {{mobile}}', 'phone: "{{mobile}}"')}`,
  },
  TRAP_SUBSTITUTION: {
    severity: 'error',
    title: 'A substitution without quotes inside of brackets',
    say: () => 'inside of {} and [] a text with ${...} needs quotes: YAML takes its braces for a map',
    help: ({ line }) => `write: ${line}`,
    about: `Between the braces or brackets of a flow map or list, braces have a meaning of their own.

${wrongAndRight('provider: {type: intron, api_key: ${env.INTRON_API_KEY}}', 'provider: {type: intron, api_key: "${env.INTRON_API_KEY}"}')}`,
  },
  TRAP_PHONE: {
    severity: 'error',
    title: 'A phone number without quotes',
    say: ({ written, read }) => `without quotes YAML reads ${written} as the number ${read}`,
    help: ({ line }) => `write: ${line}`,
    about: `A phone number is no number: as one it loses its plus or its leading zero, and then it is somebody else's.

${wrongAndRight('- {phone: +2348031234567}', '- {phone: "+2348031234567"}')}`,
  },
  TRAP_NUMBER: {
    severity: 'error',
    title: 'A number that would not stay as it is written',
    say: ({ written, read }) => `without quotes YAML reads ${written} as the number ${read}`,
    help: ({ line, read }) => `if it is a text or an id, write: ${line}; if it is a number, write ${read}`,
    about: `Leading zeros, a plus, an exponent, trailing zeros behind the point and digits beyond the 16th are lost when a value is read as
a number. Ids and amounts that shall be said as they are written need quotes.

${wrongAndRight('variables:\n  branch: 007', 'variables:\n  branch: "007"')}`,
  },
  TRAP_WAVE: {
    severity: 'error',
    title: 'A wave without quotes',
    say: ({ written }) => `without quotes the wave ${written} is a number or a date to YAML readers`,
    help: ({ line }) => `write: ${line}`,
    about: `The wave is a name: whether somebody was called in it must not depend on how a program prints a number or a date.

${wrongAndRight('wave: 2026-11-24', 'wave: "2026-11-24"')}`,
  },
};
