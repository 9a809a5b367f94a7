import type { Reach } from '../../input/reach.ts';
import { loadSuppression, type Suppression } from '../../input/suppression.ts';
import type { Campaign } from '../../model/campaign.ts';
import { say } from '../../report/words.ts';
import type { Suppressed } from '../../run/context.ts';
import { instant, isWithin, type Instant } from '../../run/instant.ts';
import type { World } from '../world.ts';

/** What does not tell when it changes is read again so often. */
const silentMs = 60_000;

/** A file is looked at no more often than this. */
const lookMs = 1_000;

/** The suppression lists of a run: read again when a file changed; one that cannot be read any more stops the dialling. */
export function suppressionOf(
  campaign: Campaign,
  loaded: Suppression,
  { files, clock, reach }: Pick<World, 'files' | 'clock'> & { readonly reach: Reach | undefined },
): Suppressed & { readonly digest: () => string } {
  let current = loaded;
  // A file that is written where it stands may have been read half: what it held before counts until it is quiet.
  let before: Suppression | undefined;
  let looked: Instant | undefined;
  // How long ago the list was read that was approved, nobody knows.
  let read: Instant | undefined;

  async function look(now: Instant): Promise<string | undefined> {
    const isOld = current.hasSilent && (read === undefined || !isWithin(silentMs, read, clock));
    if (!isOld && !(await current.changed(files))) {
      before = undefined;
      return undefined;
    }
    read = now;
    const elsewhere = { reach: reach?.again(), secrets: campaign.secrets };
    const again = await loadSuppression(campaign.recipients, files, elsewhere);
    if (again.kind === 'loaded') {
      before ??= current;
      current = again.suppression;
      return undefined;
    }
    const [first] = again.diagnostics;
    return first === undefined ? 'a suppression list cannot be read any more' : say(first).message;
  }

  return {
    has: (phone) => current.has(phone) || before?.has(phone) === true,
    digest: () => current.digest,
    refresh: () => {
      if (current.files.length === 0 && !current.hasSilent) return undefined;
      if (looked !== undefined && isWithin(lookMs, looked, clock)) return undefined;
      looked = instant(clock);
      return look(looked);
    },
  };
}
