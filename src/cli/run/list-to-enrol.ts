import type { OpenRecipients } from '../../input/load-recipients.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { Live } from '../../model/plan.ts';
import type { RecipientsSummary } from '../../recipients/summary.ts';
import type { ListMark, WaveRequest } from '../../run/run-wave.ts';
import type { World } from '../world.ts';
import { fingerprintOf, toldOf } from './list-mark.ts';
import { validOf } from './valid-of.ts';
import type { BeforeRun } from './run-request.ts';

/** The list once more, to be enrolled: it is read only where it is not known, and its rows were not kept. */
export type ListToEnrol = {
  readonly recipients: WaveRequest['recipients'];
  /** Of this reading, or of the one before where it was not needed. */
  readonly summary: () => RecipientsSummary;
  readonly mark: ListMark;
};

/** The list of a run that was looked through before: as it stands in its file now. */
export function listToEnrol(
  campaign: Campaign,
  { again, live, before }: { readonly again: OpenRecipients; readonly live: Live; readonly before: BeforeRun },
  world: World,
): ListToEnrol {
  let summary = (): RecipientsSummary => before.summary;
  return {
    recipients: async function* recipients(fingerprint) {
      if (before.rows !== undefined && before.rows.fingerprint === fingerprint) {
        yield* before.rows.all;
        return;
      }
      yield* validOf(again);
      ({ summary } = again);
    },
    summary: () => summary(),
    mark: {
      ...(before.fingerprint !== undefined && {
        compared: { fingerprint: before.fingerprint, comparison: before.comparison },
      }),
      fingerprint: () => fingerprintOf(campaign, again, live, world),
      told: () => toldOf(summary(), before.places),
    },
  };
}
