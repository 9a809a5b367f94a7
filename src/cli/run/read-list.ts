import type { OpenRecipients } from '../../input/load-recipients.ts';
import type { Reach } from '../../input/reach.ts';
import { loadSuppression, type Suppression } from '../../input/suppression.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { Recipient } from '../../model/recipient.ts';
import { say } from '../../report/words.ts';
import type { Suppressed } from '../../run/context.ts';
import type { World } from '../world.ts';

/** Only the recipients of what was read. */
export async function* validOf(list: OpenRecipients): AsyncGenerator<readonly Recipient[]> {
  for await (const batch of list.read()) {
    yield batch.flatMap((row) => (row.kind === 'recipient' ? [row.recipient] : []));
  }
}

/** What does not tell when it changes is read again so often. */
const silentMs = 60_000;

/** A file is looked at no more often than this. */
const lookMs = 1_000;

/** The suppression lists of a run: read again when a file changed; one that cannot be read any more stops the dialling. */
export function suppressionOf(
  campaign: Campaign,
  loaded: Suppression,
  world: Pick<World, 'files' | 'clock'> & { readonly reach: Reach | undefined },
): Suppressed & { readonly digest: () => string } {
  let current = loaded;
  // A file that is written where it stands may have been read half: what it held before counts until it is quiet.
  let before: Suppression | undefined;
  let lookedMs = Number.NEGATIVE_INFINITY;
  let readMs = world.clock.monotonic();

  async function look(nowMs: number): Promise<string | undefined> {
    const isOld = current.hasSilent && nowMs - readMs >= silentMs;
    if (!isOld && !(await current.changed(world.files))) {
      before = undefined;
      return undefined;
    }
    readMs = nowMs;
    const elsewhere = { reach: world.reach?.again(), secrets: campaign.secrets };
    const again = await loadSuppression(campaign.recipients, world.files, elsewhere);
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
      const nowMs = world.clock.monotonic();
      if (nowMs - lookedMs < lookMs || (current.files.length === 0 && !current.hasSilent)) return undefined;
      lookedMs = nowMs;
      return look(nowMs);
    },
  };
}
