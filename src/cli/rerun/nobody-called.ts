import { type Campaign } from '../../model/campaign.ts';
import { emptyCounts, type WaveParent } from '../../model/wave.ts';
import { onlyText } from '../../report/parent-words.ts';
import type { RunReport } from '../../report/run-report.ts';
import { version } from '../../version.ts';
import { waveHead } from '../wave-head.ts';

/**
 * A rerun that has nobody to call: no wave was begun, and nothing written.
 * @param leftOut who was chosen and is left out, in words
 */
export function nobodyCalled(campaign: Campaign, parent: WaveParent, leftOut: readonly string[]): RunReport {
  return {
    tool_version: version,
    ...waveHead(campaign),
    status: 'complete',
    why:
      leftOut.length > 0 ? leftOut.join('; ') : `no recipient of wave ${parent.wave} is ${onlyText(parent.only, 'or')}`,
    dialled: 0,
    counts: emptyCounts,
    tripped: null,
    stopped: null,
    parent,
    calls_without_reference: [],
    files: [],
    diagnostics: [],
  };
}
