import { certainSkip } from '../../ledger/certain-skip.ts';
import { countNew } from '../../model/count-new.ts';
import type { Address, Campaign } from '../../model/campaign.ts';
import { printAddress } from '../../model/campaign.ts';
import type { Recipient, ZonesOf } from '../../model/recipient.ts';
import { recipientTag } from '../../model/reference.ts';
import type { RecipientsPlan } from '../../report/plan-report.ts';
import type { Comparison } from '../../store/contract/enrolment.ts';
import type { ReadStore } from '../../store/contract/read-store.ts';
import type { WaveState } from '../../store/contract/wave-state.ts';
import { isStopped } from '../run/before.ts';
import type { Account } from '../../providers/contract.ts';

/** How the list compares with the ledger, if there is one. */
export type Compared = { readonly skips: RecipientsPlan['skips'] } & (
  | {
      readonly kind: 'known';
      readonly comparison: Comparison;
      readonly wave: WaveState | undefined;
      /** The list of the wave's last run, where it was not the file's own. */
      readonly otherList: string | undefined;
    }
  /** No store tells who was called: everybody who may be. */
  | { readonly kind: 'unknown'; readonly people: number }
);

/** Compares the list with the ledger of a store, or, without one, counts who may be called. */
export async function compareRecipients(
  campaign: Campaign,
  list: AsyncIterable<readonly Recipient[]>,
  {
    zonesOf,
    store,
    address,
    nowMs,
    account,
  }: {
    readonly zonesOf: ZonesOf;
    readonly store: ReadStore | undefined;
    readonly address: Address;
    readonly nowMs: number;
    readonly account: Account;
  },
): Promise<Compared> {
  const { wave, recipients, execution } = campaign;
  const options = {
    callEach: recipients.samePhone === 'call_each',
    certainSkip: certainSkip(execution, { nowMs, zonesOf, scheduledMs: account.calls.scheduledMs }),
    tagOf: (key: string) => recipientTag(address, wave, key),
  };
  if (store === undefined) {
    const { fresh: people, skips = {} } = await countNew(list, options.certainSkip);
    return { kind: 'unknown', people, skips };
  }
  const known = await store.wave(printAddress(address), wave);
  const comparison = await store.compare(known?.waveId, list, options);
  const otherList = known === undefined ? undefined : (await store.runs(known.waveId)).at(-1)?.list;
  return { kind: 'known', comparison, wave: known, otherList, skips: comparison.skips ?? {} };
}

/** How many people a run would call. */
export function peopleOf(compared: Compared): number {
  if (compared.kind === 'unknown') return compared.people;
  // Who is called in a wave that repeats another is no matter of the file's list.
  return isStopped(compared.wave) || compared.wave?.parent !== undefined
    ? 0
    : compared.comparison.fresh + compared.comparison.pending;
}

/** The comparison as a plan reports it. */
export function ledgerOf({
  fresh,
  called,
  changed,
  pending,
  removed,
}: Comparison): NonNullable<RecipientsPlan['ledger']> {
  return { new: fresh, already_called: called, changed_since_call: changed, pending, removed };
}
