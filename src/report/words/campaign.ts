import type { CampaignCodes } from '../../model/codes/campaign.ts';
import type { Wordings } from '../wording.ts';
import { executionWords } from './campaign-execution.ts';
import { fileWords } from './campaign-files.ts';
import { keyWords } from './campaign-keys.ts';
import { ruleWords } from './campaign-rules.ts';
import { trapWords } from './campaign-traps.ts';
import { yamlWords } from './campaign-yaml.ts';

/** Findings about campaign files. */
export const campaignWords: Wordings<CampaignCodes> = {
  ...fileWords,
  ...yamlWords,
  ...trapWords,
  ...keyWords,
  ...ruleWords,
  ...executionWords,
};
