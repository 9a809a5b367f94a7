/** What plan and apply rely on: reads alone make a plan, what was applied is not planned again, and drift is seen. */
import assert from 'node:assert/strict';
import type { Action, Cause, Live, Planned } from '../model/plan.ts';
import type { Fields } from '../model/value.ts';
import { nextMark, wireFields } from '../plan/desired.ts';
import type { Bound } from '../plan/identify.ts';
import { indexListing } from '../plan/listing.ts';
import { planResource } from '../plan/plan-resource.ts';
import { isAble } from '../providers/contract.ts';
import { made, mark, type Check, type Line, type OpenLine } from './line.ts';

/** The checks of what plan and apply rely on. */
export const planChecks: Readonly<Record<string, Check>> = {
  'is planned by reads alone': plansByReading,
  'is as planned after applying, each field by itself': appliesEachField,
  'shows who changed a field elsewhere, with a store and without, and names it': seesDrift,
};

const account = 'the account';
const nowhere = { file: 'campaign.yaml', line: 1, col: 1 };

async function plansByReading(on: OpenLine, fields: Fields): Promise<void> {
  const at = on();
  await planOf(at, fields, undefined);
  await made(at, fields);
  const before = at.methods.length;
  await planOf(at, fields, undefined);
  assert.deepEqual([...new Set(at.methods.slice(before))], ['GET']);
}

async function appliesEachField(on: OpenLine, fields: Fields): Promise<void> {
  for (const changed of changesOf(on())) {
    const at = on();
    await applied(at, fields);
    const declared = { ...fields, ...changed };
    const bound = await applied(at, declared);
    assertKept(await planOf(at, declared, bound), changed);
    assertKept(await planOf(at, declared, undefined), changed);
  }
}

async function seesDrift(on: OpenLine, fields: Fields): Promise<void> {
  const alike: string[] = [];
  for (const changed of changesOf(on())) {
    const at = on();
    await applied(at, fields);
    const before = await ownLive(at);
    const declared = { ...fields, ...changed };
    const bound = await applied(at, declared);
    const [name = ''] = Object.keys(changed);
    const other = before.fields[name] ?? null;
    const live = await inDashboard(at, { [name]: other });
    // What means the same as the provider's own default is no drift.
    if (
      JSON.stringify(live.fields[name] ?? null) === JSON.stringify((await declaredLive(on, fields, changed)) ?? null)
    ) {
      alike.push(name);
      continue;
    }
    const expected = at.account.resource.marks ? 'drift' : 'unknown';
    assertDrift(await planOf(at, declared, bound), name, 'drift');
    assertDrift(await planOf(at, declared, undefined), name, expected);
  }
  assert.ok(alike.length < Object.keys(on().stand.change).length / 2, `too little to see: ${alike.join(', ')}`);
}

/** Changes of the stand, each by itself. */
function changesOf({ stand }: Line): readonly Fields[] {
  return Object.entries(stand.change).map(([name, value]) => ({ [name]: value }));
}

/** What the changed field is like where nobody meddles. */
async function declaredLive(on: OpenLine, fields: Fields, changed: Fields): Promise<Fields[string] | undefined> {
  const at = on();
  await applied(at, fields);
  await applied(at, { ...fields, ...changed });
  const [name = ''] = Object.keys(changed);
  return (await ownLive(at)).fields[name];
}

async function planOf(at: Line, declared: Fields, bound: Bound | undefined): Promise<Planned> {
  const id = at.stand.existing;
  return planResource({
    campaign: {
      address: { campaign: 'clinic-reminders', environment: 'prod' },
      resource: {
        noun: at.provider.noun,
        at: nowhere,
        fields: declared,
        places: {},
        ...(id === undefined ? {} : { id }),
      },
      secrets: new Map(),
    },
    codec: at.account.resource,
    account,
    listing: indexListing(await objects(at)),
    bound,
  });
}

/** All objects of the account, whole. */
async function objects({ account: { resource }, reading, stand }: Line): Promise<readonly Live[]> {
  const { list, read } = resource;
  if (!isAble(list)) return stand.existing === undefined ? [] : [await reading.perform(read, stand.existing)];
  const { items, complete } = await reading.pull(list);
  assert.ok(complete);
  return list.whole ? items : Promise.all(items.map(({ id }) => reading.perform(read, id)));
}

async function ownLive(at: Line): Promise<Live> {
  const own = (await objects(at)).find((live) => live.id === at.stand.existing || live.mark?.address === mark.address);
  assert.ok(own !== undefined, 'the object is there');
  return own;
}

/** Carries out what is planned; answers what a store would remember. */
async function applied(at: Line, declared: Fields): Promise<Bound> {
  const planned = await planOf(at, declared, undefined);
  assert.equal(planned.kind, 'action', JSON.stringify(planned));
  const { action } = planned;
  const id = await perform(at, action);
  return { resourceId: id, account, applied: wireFields(declared, at.account.resource, (await ownLive(at)).fields) };
}

async function perform({ account: { resource }, remote }: Line, action: Action): Promise<string> {
  switch (action.kind) {
    case 'keep':
      return action.id;
    case 'create': {
      const { create } = resource;
      assert.ok(isAble(create));
      const desired = { fields: action.fields, mark: nextMark(action.address, action.fields, undefined) };
      return (await remote.send(action.request, (body) => create.answer(body, desired))).id;
    }
    case 'update':
    case 'adopt': {
      const { id, fields, request, address } = action;
      const live = await remote.perform(resource.read, id);
      const wanted = { id, live, fields, mark: nextMark(address, fields, live.mark) };
      return (await remote.send(request, (body) => resource.update.answer(body, wanted))).id;
    }
    case 'replace':
      throw new assert.AssertionError({ message: `${action.address} would be replaced: a fixed field changed` });
  }
}

/** A person changes a field and leaves the mark. */
async function inDashboard(at: Line, fields: Fields): Promise<Live> {
  const live = await ownLive(at);
  const wanted = { id: live.id, live, fields, ...(live.mark === undefined ? {} : { mark: live.mark }) };
  return at.remote.perform(at.account.resource.update, wanted);
}

function assertKept(planned: Planned, changed: Fields): void {
  const kind = planned.kind === 'action' ? planned.action.kind : planned.conflict.reason.kind;
  assert.equal(kind, 'keep', `after applying ${JSON.stringify(changed)}: ${JSON.stringify(planned)}`);
}

function assertDrift(planned: Planned, name: string, cause: Cause): void {
  assert.equal(planned.kind, 'action', JSON.stringify(planned));
  const { action } = planned;
  assert.ok(action.kind === 'update' || action.kind === 'adopt', `${name}: ${action.kind}`);
  assert.notEqual(action.changes.length, 0, name);
  for (const change of action.changes) {
    assert.deepEqual([change.path.split('.')[0], change.cause], [name, cause], JSON.stringify(change));
  }
}
