/** From a loaded campaign to the end of one test call: the resource is looked at, a person asked, the engine let go. */
import { zonesOfRecipients } from '../../input/zones-of.ts';
import { printAddress, type Campaign } from '../../model/campaign.ts';
import type { E164 } from '../../model/recipient.ts';
import { testWave } from '../../model/test-wave.ts';
import type { RecipientHistory } from '../../model/wave.ts';
import { nextOpening } from '../../ledger/window.ts';
import { maskText } from '../../report/mask-values.ts';
import { maskPhone } from '../../report/mask-phone.ts';
import type { BeforeTestCall } from '../../report/render-test-call.ts';
import type { Ended, Report as News } from '../../run/context.ts';
import { holdLease, type HeldLease } from '../../run/lease.ts';
import { testCall } from '../../run/test-call.ts';
import type { Store } from '../../store/contract/store.ts';
import { Halt } from '../halt.ts';
import { heldBy } from '../held-by.ts';
import { holdingWorld } from '../holding-world.ts';
import type { Follow } from '../next-command.ts';
import { saidTo } from '../preview/preview-calls.ts';
import { accountOf } from '../account-of.ts';
import { renderedResource, sentNames } from '../sent-names.ts';
import { repositoryPath } from '../repository-path.ts';
import { contextOf } from '../run/context-of.ts';
import { checkAddress } from '../run/check-address.ts';
import { openList } from '../run/compare-list.ts';
import { instant } from '../run/instant.ts';
import { interruptions, type Interruptions } from '../run/interruptions.ts';
import { lookAt } from '../run/look-at.ts';
import { suppressionOf } from '../run/suppression-of.ts';
import type { World } from '../world.ts';
import { zoneOf } from '../zone-of.ts';
import { chosenRecipient, type Chosen } from './chosen-recipient.ts';

export type TestCallRequest = {
  readonly campaign: Campaign;
  readonly store: Store;
  readonly to: E164;
  /** Whose row is used; undefined: the first that can be called. */
  readonly as: string | undefined;
  readonly show: boolean;
  readonly follow: Follow;
  /** Asks the person; throws where it must not be placed. */
  readonly approve: (before: BeforeTestCall, signal: AbortSignal) => Promise<void>;
  readonly say: (line: string) => void;
  readonly news: (news: News) => void;
};

export type PlacedTestCall = { readonly ended: Ended; readonly history: RecipientHistory };

/** @throws Halt, Findings and the errors of the world */
export async function placeTestCall(request: TestCallRequest, world: World): Promise<PlacedTestCall> {
  const { campaign, store, say } = request;
  const signals = interruptions(world, say);
  try {
    const file = await repositoryPath(campaign.path, world.files);
    const naming = { newAddress: false, renamedFrom: undefined };
    const recorded = await checkAddress(campaign, file, { store, ...naming });
    const deps = { ...world, store, note: say, signal: signals.drain };
    const held = await holdLease(printAddress(campaign.address), 'call', deps);
    if (held.kind === 'busy') throw heldBy(printAddress(campaign.address), held.holder, request.follow('status'));
    const { lease } = held;
    try {
      return await underLease(request, { world: holdingWorld([lease], world), signals, recorded, lease });
    } finally {
      await lease.release();
    }
  } finally {
    signals.stop();
  }
}

type Session = {
  readonly world: World;
  readonly signals: Interruptions;
  readonly recorded: Awaited<ReturnType<typeof checkAddress>>;
  readonly lease: HeldLease;
};

async function underLease(request: TestCallRequest, session: Session): Promise<PlacedTestCall> {
  const { campaign, store, news } = request;
  const { world, signals, lease } = session;
  const looking = { ...request, apply: false, allowDeletes: undefined, isTest: true } as const;
  const { target, live } = await lookAt(looking, { ...session, voice: request });
  if (live === undefined) throw new Halt('conflict', 'nothing live was seen; nobody was called');
  const list = await openList(campaign, live, world);
  const { recipient, namesakes } = await chosenRecipient(list, request);
  const refused = await refusalOf(request, recipient);
  if (refused !== undefined) {
    throw new Halt('refused', `the number is ${refused}; nobody was called`, ['call another number of your own']);
  }
  const zonesOf = await zonesOfRecipients(campaign);
  const found = zonesOf(recipient);
  const zones = found.from === 'nowhere' ? [zoneOf(campaign)] : found.zones;
  await request.approve(beforeOf(request, { recipient, namesakes, zones }, world), signals.drain);
  const wave = testWave(world.random.hex(8));
  const scope = await store.openWave(printAddress(campaign.address), wave, lease.fence, world.clock.now());
  const alone: Campaign = { ...campaign, wave, execution: onceNow(campaign) };
  const resource = renderedResource(campaign, live, world);
  const context = contextOf(
    {
      target: { ...target, campaign: alone },
      live,
      store,
      lease,
      sent: sentNames(campaign, accountOf(campaign, world), live) ?? [],
      ...(resource?.kind === 'compiled' ? { rendered: resource.tree } : {}),
      suppression: suppressionOf(campaign, list.suppression, world),
      zonesOf,
      options: { wait: false },
      signals,
    },
    scope,
    world,
    news,
  );
  const ended = await testCall(context, recipient);
  const all = await store.history(scope.address, { key: recipient.key });
  const history = all.find((one) => one.wave === wave);
  if (history === undefined) throw new Halt('environment', 'the store lost the record of the test call');
  return { ended, history };
}

/** What no word of a person changes. */
async function refusalOf(
  { campaign, store, to }: TestCallRequest,
  { suppressed }: Chosen['recipient'],
): Promise<string | undefined> {
  if (await store.isOptedOut(to)) return 'on the list of those who asked not to be called';
  if (suppressed) return 'on a do-not-call list of the campaign';
  return campaign.execution.onlyPhones?.includes(to) === false ? 'not in recipients.only_phones' : undefined;
}

/** Windows were asked about before; what bounds a wave or a person bounds no test. */
function onceNow({ execution }: Campaign): Campaign['execution'] {
  const { concurrency, rate, batchSize, followUp, lookUp, maxCallMs } = execution;
  const attempts = { max: 1, retry: {} };
  return { concurrency, rate, batchSize, windows: 'always', attempts, followUp, lookUp, maxCallMs };
}

type Calling = Chosen & { readonly zones: readonly string[] };

function beforeOf(
  { campaign, to, show }: TestCallRequest,
  { recipient, namesakes, zones }: Calling,
  world: World,
): BeforeTestCall {
  const masked = (text: string): string => (show ? text : maskText(text, [to]));
  const closed = closedWords(campaign, zones, world.clock.now());
  return {
    address: printAddress(campaign.address),
    file: campaign.file,
    phone: maskPhone(to, { show }),
    id: masked(recipient.key),
    said: saidTo(campaign, recipient, world),
    namesakes: namesakes.map(masked),
    ...(closed === undefined ? {} : { closed }),
  };
}

function closedWords({ execution }: Campaign, zones: readonly string[], nowMs: number): string | undefined {
  const opensMs = nextOpening(execution, zones, nowMs);
  if (opensMs === nowMs) return undefined;
  const [zone = 'UTC'] = zones;
  const next = opensMs === undefined ? '' : `; the next one opens ${instant(opensMs, zone)}`;
  return `no calling window is open now, ${instant(nowMs, zone)}${next}`;
}
