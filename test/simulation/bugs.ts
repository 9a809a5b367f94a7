import type { Invariant } from './witness.ts';
import type { SimulatedWorld } from './world.ts';

/** A bug that is planted into the engine: some lines of its source become others. */
export type Bug = {
  readonly name: string;
  readonly edits: readonly { readonly file: string; readonly find: string; readonly replace: string }[];
  /** Any of these catches it. */
  readonly caughtBy: readonly Invariant[];
  /** The first seed that is tried, where such worlds are rare. @default 1 */
  readonly from?: number;
  /** Worlds in which it can show; left out: any. */
  readonly in?: (world: SimulatedWorld) => boolean;
};

const oftenLost = ({ provider: { faults } }: SimulatedWorld): boolean => (faults['lose-response'] ?? 0) >= 0.25;

export const bugs: readonly Bug[] = [
  {
    name: 'no intent',
    edits: [
      {
        file: 'src/store/sqlite/intend.ts',
        find: 'const written = insertIntent(database, scope, { candidate, decision, nowMs });',
        replace: 'const written = { id: 0, version: 1 };',
      },
      {
        file: 'src/store/sqlite/intend.ts',
        find: 'addEvent(database, written.id, written.version, { event, atMs: nowMs });',
        replace: '',
      },
    ],
    caughtBy: ['a durable intent precedes each request'],
  },
  {
    name: 'intent after send',
    edits: [
      {
        file: 'src/store/sqlite/store.ts',
        find: `    admit: (scope, options) =>
      together(
        () => admit(database, scope, options),
        // Who waits or is skipped is asked about again.
        ({ admitted }) => (admitted.length > 0 ? 'durable' : 'written'),
      )`,
        replace: `    admit: (scope, options) => (async () => {
          database.exec('BEGIN IMMEDIATE');
          const admitted = admit(database, scope, options);
          setImmediate(() => {
            try {
              database.exec('COMMIT');
            } catch {}
          });
          return admitted;
        })()`,
      },
    ],
    caughtBy: ['a durable intent precedes each request'],
    in: ({ provider, campaigns }) => provider.connectMs === 0 && campaigns.length === 1,
  },
  {
    name: 'retry of a 503',
    edits: [
      {
        file: 'src/remote/connect.ts',
        find: 'const got = await line.exchange(request, options.signal, { maySend });',
        replace: `let got = await line.exchange(request, options.signal, { maySend });
      if (got.kind === 'answered' && got.status === 503) got = await line.exchange(request, options.signal, { maySend });`,
      },
    ],
    caughtBy: ['an attempt is dialled once'],
    in: ({ provider: { faults } }) => (faults['fail-after-placing'] ?? 0) > 0,
  },
  {
    name: 'absence by missing reference',
    edits: [
      {
        file: 'src/ledger/match.ts',
        find: 'const candidates = sightings.filter((sighting) => isCandidate(attempt, sighting, context.boundTo));',
        replace: 'const candidates: Sighting[] = [];\n  void isCandidate;',
      },
    ],
    caughtBy: ['an attempt is dialled once'],
    in: (world) => oftenLost(world) && world.provider.faults['no-echo'] === true,
  },
  {
    name: 'settle by wall clock',
    edits: [
      {
        file: 'src/run/engine-clock.ts',
        find: 'const now = (): number => startMs + clock.monotonic();',
        replace: 'const now = (): number => clock.now();',
      },
    ],
    caughtBy: ['an attempt is dialled once'],
    in: (world) =>
      oftenLost(world) &&
      (world.provider.faults['list-lag'] ?? 0) > 10_000 &&
      world.episodes.some(({ runs }) => runs.some(({ jump }) => jump?.byMs === 200_000)),
    from: 13_000,
  },
  {
    name: 'window in the wrong zone',
    edits: [
      {
        file: 'src/ledger/grant.ts',
        find: 'gates.openingAfter(known.zones, fromMs)',
        replace: "gates.openingAfter(['UTC'], fromMs)",
      },
    ],
    caughtBy: ['nobody is dialled outside of the hours'],
    in: ({ campaigns }) => campaigns.some(({ execution }) => execution.hours.kind === 'windows'),
  },
  {
    name: 'slot leaked',
    edits: [
      {
        file: 'src/store/sqlite/attempts.ts',
        find: `FROM attempt a INDEXED BY attempt_unsettled
     WHERE a.wave_id = ? AND \${unsettled} AND a.state <> 'unresolved'`,
        replace: "FROM attempt a WHERE a.wave_id = ? AND a.state <> 'unresolved'",
      },
    ],
    caughtBy: ['a free slot is used'],
    in: ({ campaigns, episodes }) =>
      campaigns.every(({ rows, execution }) => rows.length > 2 && execution.concurrency === 1) &&
      episodes.every(({ runs }) => runs.every(({ wait }) => !wait)),
  },
  {
    name: 'lost wake-up',
    edits: [
      {
        file: 'src/run/flow.ts',
        find: 'this.arrived.push(arrived);\n    this.wake();',
        replace: 'this.arrived.push(arrived);',
      },
    ],
    caughtBy: ['an answer is written down at once'],
  },
  {
    name: 'double admission',
    edits: [
      {
        file: 'src/run/call-wave.ts',
        find: 'for (const batch of await admit(context, flow)) send(context, flow, batch);',
        replace: `for (const batch of await admit(context, flow)) {
        send(context, flow, batch);
        send(context, flow, batch);
      }`,
      },
    ],
    caughtBy: ['an attempt is dialled once'],
  },
  {
    name: 'breaker window kept on resume',
    edits: [
      {
        file: 'src/ledger/tally.ts',
        find: 'return { calls, unmeasured, seconds, reported, recent: [] };',
        replace: 'return { calls, unmeasured, seconds, reported, recent };',
      },
      {
        file: 'src/ledger/tally.ts',
        find: 'export function resumed({ calls, unmeasured, seconds, reported }: Tally): Tally {',
        replace: 'export function resumed({ calls, unmeasured, seconds, reported, recent }: Tally): Tally {',
      },
    ],
    caughtBy: ['a resumed wave is judged by its new calls'],
    in: ({ campaigns }) => campaigns.some(({ execution }) => execution.stops.breaker !== undefined),
  },
  {
    name: 'budget that forgets calls under way',
    edits: [
      {
        file: 'src/ledger/room.ts',
        find: 'const reserved = (tally.unmeasured + 1) * (maxCallMs / 1000);',
        replace: 'const reserved = maxCallMs / 1000;',
      },
    ],
    caughtBy: ['no more is used up than the budget'],
    in: ({ campaigns }) => campaigns.some(({ execution }) => 'minutes' in (execution.stops.budget ?? {})),
  },
  {
    name: 'canary without a bound',
    edits: [
      {
        file: 'src/ledger/room.ts',
        find: 'return Math.max(0, canary.calls - ended.length - open.length);',
        replace: 'return Math.max(0, canary.calls - ended.length);',
      },
    ],
    caughtBy: ['no more calls than the canary has before it is judged'],
    in: ({ campaigns }) => campaigns.some(({ execution }) => execution.stops.canary !== undefined),
  },
  {
    name: 'pause that is not heard',
    edits: [
      {
        file: 'src/run/stops.ts',
        find: 'if (stop === undefined || stop.kind === flow.stopped?.kind) return;',
        replace: 'if (stop?.kind !== undefined || flow.stopped === undefined) return;',
      },
      {
        file: 'src/run/call-wave.ts',
        find: 'flow.stopped = state?.stopped;',
        replace: '',
      },
      {
        file: 'src/store/sqlite/admit.ts',
        find: 'if (stopped !== undefined) return { admitted: [], more: false, tally: open.tally, stopped };',
        replace: '',
      },
    ],
    caughtBy: ['nobody of a paused wave is dialled'],
    in: ({ campaigns, episodes: [first] }) =>
      campaigns.every(({ rows, execution }) => rows.length > 4 && execution.rate.per === 'm') &&
      first?.runs.some((run) => run.pauseAfterMs !== undefined && run.strokes.length === 0) === true,
  },
  {
    name: 'a look-up that is refused shows that nobody was called',
    edits: [
      {
        file: 'src/ledger/look-up.ts',
        find: 'if (failure.forbidden) return gaveUp;',
        replace: "if (failure.forbidden) return { kind: 'voided', reason: '' };",
      },
    ],
    caughtBy: ['an attempt is dialled once'],
    in: (world) => world.lockout?.status === 404 && oftenLost(world),
  },
  {
    name: 'nobody expires',
    edits: [
      {
        file: 'src/ledger/span.ts',
        find: 'expireAfterMs === undefined ? never',
        replace: 'expireAfterMs! > 0 ? never',
      },
    ],
    caughtBy: ['nobody is dialled before or after their time'],
    in: ({ campaigns }) =>
      campaigns.some(({ rows, execution }) => (execution.span?.expireAfterMs ?? 9e5) < 18e4 && rows.length > 2),
  },
  {
    name: 'whoever holds an address is alive for ever',
    edits: [
      {
        file: 'src/run/watch-holders.ts',
        find: 'return askedMs - first.sinceMs < leaseMs;',
        replace: 'return true;',
      },
    ],
    caughtBy: ['a run ends'],
    from: 5_019,
  },
];
