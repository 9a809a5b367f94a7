// @ts-check
// A stand-in for Acme's API, written from its pages and not from the codec: `rehearse`, `sandbox` and the tests call it.
import { lives, sandboxHttp, strikes } from 'callplan/provider';

/** @import { Api, SandboxKind } from 'callplan/provider' */

const results = /** @type {const} */ ({
  replied: 'picked_up',
  answered: 'picked_up',
  no_answer: 'nobody',
  busy: 'engaged',
  voicemail: 'machine',
  failed: 'broken',
});

/** @type {SandboxKind} */
export const acmeSandbox = {
  basePath: '/v1',
  open: (options) => {
    const { clock, random, faults = {}, life = {}, callMs, resource } = options;
    /** @type {Map<string, Record<string, unknown>>} */
    const scripts = new Map(resource === undefined ? [] : [[resource.id, { id: resource.id, ...resource.fields }]]);
    /** @type {{ id: string, atMs: number, life: ReturnType<typeof lifeOf>, result: string, body: Record<string, unknown> }[]} */
    const calls = [];
    const lifeOf = lives(life, random, callMs);
    const missing = { status: 404, body: { error: 'there is no such script' } };

    /** @type {(name: string, all: readonly unknown[], query: URLSearchParams) => { status: number, body: unknown }} */
    const page = (name, all, query) => {
      const from = Number(query.get('offset') ?? 0);
      return { status: 200, body: { [name]: all.slice(from, from + (faults['page-cap'] ?? 100)), total: all.length } };
    };
    /** @type {(call: typeof calls[number]) => object} */
    const shown = ({ id, atMs, life: { ending, endsAtMs, seconds }, result, body: { to, tag, script } }) => ({
      id,
      script,
      to,
      placed_at: Math.round(atMs),
      ...(faults['no-echo'] !== true && { tag }),
      ...(clock.now() >= atMs + endsAtMs && { result, seconds }),
      ...(clock.now() >= atMs + endsAtMs && ending === 'replied' && { answer: 'yes' }),
    });
    const listed = () => calls.filter(({ atMs }) => clock.now() >= atMs + (faults['list-lag'] ?? 0));

    /** @type {Api['endpoints']} */
    const endpoints = {
      'GET /scripts': { places: false, reply: ({ query }) => page('scripts', [...scripts.values()], query) },
      'POST /scripts': {
        places: false,
        reply: ({ body }) => {
          const script = { id: random.hex(6), notes: '', ...Object(body) };
          scripts.set(script.id, script);
          return { status: 201, body: script };
        },
      },
      'GET /scripts/:id': {
        places: false,
        reply: ({ params }) =>
          scripts.has(params['id'] ?? '') ? { status: 200, body: scripts.get(params['id'] ?? '') } : missing,
      },
      'PATCH /scripts/:id': {
        places: false,
        reply: ({ params, body }) => {
          const script = scripts.get(params['id'] ?? '');
          return script === undefined ? missing : { status: 200, body: Object.assign(script, body) };
        },
      },
      'DELETE /scripts/:id': {
        places: false,
        reply: ({ params }) => (scripts.delete(params['id'] ?? '') ? { status: 200, body: {} } : missing),
      },
      'POST /calls': {
        places: true,
        reply: ({ body }) => {
          const { script, to, tag, values } = Object(body);
          if (!scripts.has(script)) return missing;
          const own = lifeOf(to);
          const result = strikes(faults, 'unknown-status', random) ? 'puzzled' : results[own.ending];
          const call = { id: random.hex(6), atMs: clock.now(), life: own, result, body: Object(body) };
          calls.push(call);
          const dial = { phone: to, call_id: call.id, tags: { tag }, variables: values };
          return { status: 201, body: { id: call.id }, dials: [dial] };
        },
      },
      'GET /calls': {
        places: false,
        reply: ({ query }) => {
          const own = listed().filter(({ body }) => body['script'] === query.get('script'));
          return page('calls', own.map(shown), query);
        },
      },
    };
    const api = {
      endpoints,
      callsPerSecond: 5,
      problem: (/** @type {number} */ _, /** @type {string} */ error) => ({ error }),
    };
    return {
      http: sandboxHttp(api, options),
      snapshot: () => ({ resources: [...scripts.values()], calls: calls.map(shown) }),
    };
  },
};
