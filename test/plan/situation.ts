import type { Campaign } from '../../src/model/campaign.ts';
import { accountKey } from '../../src/model/account.ts';
import type { Action, Change, Conflict, Live } from '../../src/model/plan.ts';
import type { Place } from '../../src/model/place.ts';
import { isFields, type Fields } from '../../src/model/value.ts';
import type { Bound } from '../../src/plan/identify.ts';
import { indexListing } from '../../src/plan/listing.ts';
import { planResource, type Situation } from '../../src/plan/plan-resource.ts';
import type { Account, ResourceCodec } from '../../src/providers/contract.ts';
import { intron } from '../../src/providers/intron/index.ts';

export const account: Account = intron.open({});
export const key: string = accountKey('intron', account.origins);
export const address = 'clinic-reminders/default';

/** The fields of a clinic's workflow as the file declares them. */
export const declared: Fields = {
  name: 'Clinic reminder',
  workflow_type: 'ROBOCALL',
  message: { $text: ['Hello ', { variable: 'patient_name' }, ', press 1 to confirm.'] },
  include_reply: true,
  option_one: 'Confirm',
};

/** What a test wants otherwise than usual. */
export type Wanted = {
  readonly fields?: Fields;
  readonly id?: string;
  readonly live?: readonly Live[];
  readonly bound?: Bound;
  readonly codec?: Partial<ResourceCodec>;
  readonly secrets?: Campaign['secrets'];
  readonly places?: Readonly<Record<string, Place>>;
};

/** A campaign and its surroundings. Without fields only an id is used. */
function situation({ fields, id, live = [], bound, codec, secrets, places }: Wanted): Situation {
  return {
    campaign: {
      address: { campaign: 'clinic-reminders', environment: 'default' },
      resource: {
        noun: 'workflow',
        at: { file: 'campaign.yaml', line: 8, col: 1 },
        ...(id === undefined ? {} : { id }),
        ...(fields === undefined ? {} : { fields }),
        places: places ?? {},
      },
      secrets: secrets ?? new Map(),
    },
    codec: { ...account.resource, ...codec },
    account: key,
    listing: indexListing(live),
    bound,
  };
}

/** The planned action; a conflict fails the test. */
export function actionOf(wanted: Wanted): Action {
  const planned = planResource(situation(wanted));
  if (planned.kind === 'conflict') throw new Error(`conflict: ${JSON.stringify(planned.conflict.reason)}`);
  return planned.action;
}

/** Why it cannot be planned; an action fails the test. */
export function conflictOf(wanted: Wanted): Conflict['reason'] {
  const planned = planResource(situation(wanted));
  if (planned.kind === 'action') throw new Error(`action: ${planned.action.kind}`);
  return planned.conflict.reason;
}

/** The changes of an action, as `path cause`. */
export function causes(action: Action): readonly string[] {
  return changesOf(action).map(({ path, cause }) => `${path} ${cause}`);
}

export function changesOf(action: Action): readonly Change[] {
  return action.kind === 'keep' ? [] : action.changes;
}

/** What Intron's documented API makes of a request: the object that is live afterwards. */
export function served(action: Action, before?: Live): Live {
  if (action.kind === 'keep') throw new Error('nothing was to be sent');
  const body = action.request.body;
  if (body === undefined || !isFields(body)) throw new Error('a request without a body');
  const data = { ...(before?.fields ?? blank), ...body, id: before?.id ?? 'w-1' };
  return account.resource.read.answer({ status: 'Ok', message: 'done', data }, data.id);
}

const blank = {
  description: null,
  include_reply: false,
  option_one: null,
  option_two: null,
  call_back_url: null,
};
