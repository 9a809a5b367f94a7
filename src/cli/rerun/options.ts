/** The options of `rerun` alone. */
import { readOnly } from '../../ledger/rerun.ts';
import type { Only } from '../../model/wave.ts';
import { flag, parsed } from '../option.ts';
import type { OptionSpec } from '../option.ts';
import { UsageError } from '../usage-error.ts';

/** Sorted, none twice. */
export const onlyOption: OptionSpec<readonly Only[] | undefined> = parsed(
  '--only <outcomes>',
  'whom to call again, by how their calls ended: failed,no_answer; skipped for those who were not called any more',
  (written) => {
    const read = readOnly(written);
    if (read.kind === 'only') return read.only;
    throw new UsageError(read.problem, read.help);
  },
);

export const allowChangedOption: OptionSpec<boolean> = flag(
  '--allow-changes',
  'call by the configuration as it is now, though the wave was called by another one',
);

export const rerunDescription = `Call some recipients of a wave again, in a new wave.

MANIFEST is the manifest.json of the wave, or its folder. --only says whom: answered, no_answer, busy, voicemail, failed, rejected, cancelled, unknown, and skipped, with commas between. Skipped are those who were not called any more; after a cancel, some of them have been called before and waited for a retry. Who may have been called already (unresolved) cannot be named: resolve comes first.

They are called with the inputs that the wave called them with, wherever the rows are by now. Windows, do-not-call lists, guards and the number to be typed hold as for run. The new wave is named after the manifest's, and the same command finds it again: whoever was called in it is not called twice, and a job may be repeated at any time. Nobody is called again by two reruns of one wave; to call them once more, rerun the rerun.

The configuration must be the one that the manifest names, unless --allow-changes says otherwise. PATH is the campaign file, where it is not where the manifest says.`;
