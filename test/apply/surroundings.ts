import type { Observed } from '../../src/apply/observe.ts';
import { observe } from '../../src/apply/observe.ts';
import { applyActions } from '../../src/apply/apply-actions.ts';
import type { Applied } from '../../src/apply/applied.ts';
import type { ApplyDeps, Work } from '../../src/apply/work.ts';
import type { Campaign } from '../../src/model/campaign.ts';
import type { Fields } from '../../src/model/value.ts';
import type { Exchange, Http, WireRequest } from '../../src/ports.ts';
import type { Provider, ResourceCodec } from '../../src/providers/contract.ts';
import { findProvider } from '../../src/providers/registry.ts';
import { connect } from '../../src/remote/connect.ts';
import type { Faults } from '../../src/sandbox/faults.ts';
import { intronSandbox, type IntronSnapshot } from '../../src/sandbox/intron.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { virtualClock, type VirtualClock } from '../../src/system/virtual-clock.ts';
import { memoryStore, type MemoryStore } from './memory-store.ts';

/** A provider, a store and a clock, with what happened at them. */
export type Surroundings = {
  readonly clock: VirtualClock;
  /** The provider, with what stands before it. */
  readonly http: Http;
  readonly store: MemoryStore;
  /** Requests so far, as `METHOD path`. */
  readonly requests: string[];
  readonly workflows: () => IntronSnapshot['resources'];
  /** What stands between callplan and the provider; by default nothing. */
  interfere: (request: WireRequest, next: () => Promise<Exchange>) => Promise<Exchange>;
  readonly plan: (campaigns: readonly Campaign[], options?: PlanOptions) => Promise<readonly Observed[]>;
  readonly apply: (campaigns: readonly Campaign[], deps?: Partial<ApplyDeps>) => Promise<readonly Applied[]>;
  /** Applies what was planned before. */
  readonly applyPlanned: (
    planned: readonly Observed[],
    deps?: Partial<ApplyDeps>,
    fence?: number,
  ) => Promise<readonly Applied[]>;
  /** A person edits a workflow in the dashboard. */
  readonly edit: (id: string, fields: Fields) => Promise<void>;
};

type PlanOptions = { readonly storeless?: boolean; readonly access?: 'read' | 'write' };

const base = 'http://127.0.0.1:4010/voicebot/v1';

/** `codec` changes what the provider says of its objects. */
export function surroundings(faults: Faults = {}, codec: Partial<ResourceCodec> = {}): Surroundings {
  const clock = virtualClock(Date.parse('2026-11-24T09:00:00Z'));
  const random = seededRandom(1);
  const sandbox = intronSandbox({ clock, random, faults, apiKey: 'key' });
  const store = memoryStore();
  const requests: string[] = [];
  const http: Http = (request, signal) => {
    requests.push(`${request.method} ${new URL(request.url).pathname.replace('/voicebot/v1', '')}`);
    return around.interfere(request, () => sandbox.http(request, signal));
  };
  const around: Surroundings = {
    clock,
    http,
    store,
    requests,
    workflows: () => sandbox.snapshot().resources,
    interfere: (_, next) => next(),
    plan: (campaigns, { storeless = false, access = 'read' } = {}) =>
      observe(campaigns, {
        findProvider: (type) => withCodec(findProvider(type), codec),
        connect: (account, keys) => connect({ http, clock, random, account, ...keys, access }),
        ...(storeless ? {} : { store }),
      }),
    apply: async (campaigns, deps) => around.applyPlanned(await around.plan(campaigns, { access: 'write' }), deps),
    applyPlanned: (planned, deps, fence = 1) =>
      applyActions(
        planned.map((observed) => workOf(observed, fence)),
        { store, clock, ...deps },
      ),
    edit: async (id, fields) => {
      const body = JSON.stringify(fields);
      const headers = { authorization: 'Bearer key', 'content-type': 'application/json' };
      const request = { method: 'PUT', url: `${base}/workflows/${id}`, headers, body };
      await sandbox.http(request, new AbortController().signal);
    },
  };
  return around;
}

function withCodec(provider: Provider | undefined, codec: Partial<ResourceCodec>): Provider | undefined {
  if (provider === undefined) return undefined;
  const open: Provider['open'] = (options) => {
    const account = provider.open(options);
    return { ...account, resource: { ...account.resource, ...codec } };
  };
  return { ...provider, open };
}

function workOf(observed: Observed, fence: number): Work {
  if (observed.kind === 'unreachable') throw observed.error;
  if (observed.planned.kind === 'conflict') throw new Error('a conflict');
  return { target: observed.target, action: observed.planned.action, fence, file: observed.target.campaign.file };
}

/** What a test's campaign declares otherwise than usual. */
export type CampaignOptions = {
  readonly fields?: Fields;
  readonly id?: string;
  /** The file names an id and no fields. */
  readonly used?: boolean;
  readonly apiKey?: string;
  readonly baseUrl?: string;
};

/** A campaign about a clinic's reminders. */
export function campaign(
  name: string,
  { fields, id, used = false, apiKey = 'key', baseUrl = base }: CampaignOptions = {},
): Campaign {
  const at = { file: `${name}.yaml`, line: 1, col: 1 };
  const declared = {
    name,
    workflow_type: 'ROBOCALL',
    message: { $text: ['Hello ', { variable: 'patient_name' }] },
    include_reply: true,
    option_one: 'Confirm',
    ...fields,
  };
  const template = {
    source: '{{phone}}',
    at,
    uses: ['phone'],
    needs: ['phone'],
    render: () => ({ kind: 'rendered', value: '' }) as const,
  };
  return {
    file: at.file,
    path: `/campaigns/${at.file}`,
    address: { campaign: name, environment: 'default' },
    environments: ['default'],
    wave: 'w1',
    provider: { type: 'intron', at, options: { base_url: baseUrl }, credential: '${env.INTRON_API_KEY}' },
    resource: {
      noun: 'workflow',
      at,
      ...(id === undefined ? {} : { id }),
      ...(used ? {} : { fields: declared }),
      places: {},
    },
    call: { kind: 'map', entries: {} },
    variables: {},
    locale: 'en',
    recipients: {
      at,
      sources: [],
      phone: template,
      samePhone: 'report',
      variables: {},
      suppress: [],
      maxInvalid: { kind: 'rows', rows: 0 },
    },
    execution: {
      concurrency: 1,
      rate: { calls: 1, perMs: 1000 },
      batchSize: 1,
      windows: 'always',
      attempts: { max: 1, retry: {} },
      followUp: { everyMs: 1, forMs: 1 },
      lookUp: { settleMs: 300_000 },
      maxCallMs: 1,
    },
    guards: {},
    nameUses: [],
    secrets: new Map([['${env.INTRON_API_KEY}', apiKey === '' ? undefined : apiKey]]),
    definitionDigest: '',
  };
}
