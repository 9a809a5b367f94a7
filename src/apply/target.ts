import type { Campaign } from '../model/campaign.ts';
import type { Change, Live } from '../model/plan.ts';
import { appliedHash } from '../plan/desired.ts';
import { diffFields } from '../plan/diff.ts';
import { valueAt } from '../model/value-at.ts';
import { markPath } from '../model/mark.ts';
import type { Account } from '../providers/contract.ts';
import type { Remote } from '../remote/remote.ts';
import type { Fields } from '../model/value.ts';

/** One campaign and the account that its resource lives in. */
export type Target = {
  readonly campaign: Campaign;
  readonly account: Account;
  /** The account as bindings name it. */
  readonly accountKey: string;
  /** Members of answers that hold secrets. */
  readonly secretMembers: readonly string[];
  /** Shared by all campaigns of the account. */
  readonly remote: Remote;
};

/** Fields in wire form as an action applies them to an address; changes without `after` take something away. */
export type Applying = { readonly address: string; readonly fields: Fields; readonly changes: readonly Change[] };

/** Paths in which a live object is not as applying leaves it; none: it is done. */
export function unlike({ campaign, account }: Target, applying: Applying, live: Live): readonly string[] {
  const { address, fields } = applying;
  const { defaults, marks, whole = [] } = account.resource;
  const differing = diffFields(fields, live.fields, {
    defaults,
    whole,
    secrets: campaign.secrets,
    last: { kind: 'never' },
    places: {},
  });
  const staying = applying.changes.filter(
    ({ path, after }) => after === undefined && valueAt(live.fields, path.split('.')) !== undefined,
  );
  const paths = [...differing, ...staying].map(({ path }) => path);
  const isMarked = live.mark?.address === address && live.mark.applied === appliedHash(fields);
  return marks && !isMarked ? [...paths, markPath] : paths;
}
