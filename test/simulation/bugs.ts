import type { Invariant } from './invariants.ts';
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

const hasTimes = ({ campaigns }: SimulatedWorld): boolean =>
  campaigns.some(({ rows }) => rows.some(({ scheduledMs }) => scheduledMs !== undefined));

const hasTests = ({ episodes }: SimulatedWorld): boolean =>
  episodes.some(({ runs }) => runs.some(({ testing }) => testing !== undefined));

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
    from: 15,
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
    from: 126,
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
    from: 2_053,
  },
  {
    name: 'window in the wrong zone',
    edits: [
      {
        file: 'src/ledger/gate.ts',
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
        file: 'src/store/sqlite/slots.ts',
        find: `FROM attempt a INDEXED BY attempt_unsettled
     WHERE a.wave_id IN (\${calledWaves}) AND \${unsettled} AND a.state <> 'unresolved'`,
        replace: "FROM attempt a WHERE a.wave_id IN (${calledWaves}) AND a.state <> 'unresolved'",
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
        find: 'for (const batch of await takeTurn(context, flow)) send(context, flow, batch);',
        replace: `for (const batch of await takeTurn(context, flow)) {
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
        file: 'src/ledger/next-tally.ts',
        find: 'return { calls, unmeasured, seconds, reported, recent: [] };',
        replace: 'return { calls, unmeasured, seconds, reported, recent };',
      },
      {
        file: 'src/ledger/next-tally.ts',
        find: 'export function resumedTally({ calls, unmeasured, seconds, reported }: Tally): Tally {',
        replace: 'export function resumedTally({ calls, unmeasured, seconds, reported, recent }: Tally): Tally {',
      },
    ],
    caughtBy: ['a resumed wave is judged by its new calls'],
    in: ({ campaigns }) => campaigns.some(({ execution }) => execution.stops.breaker !== undefined),
    from: 57,
  },
  {
    name: 'budget that forgets calls under way',
    edits: [
      {
        file: 'src/ledger/spent-budget.ts',
        find: 'const reserved = (tally.unmeasured + 1) * (maxCallMs / 1000);',
        replace: 'const reserved = maxCallMs / 1000;',
      },
    ],
    caughtBy: ['no more is used up than the budget'],
    in: ({ campaigns }) => campaigns.some(({ execution }) => 'minutes' in (execution.stops.budget ?? {})),
    from: 155,
  },
  {
    name: 'canary without a bound',
    edits: [
      {
        file: 'src/ledger/canary-room.ts',
        find: 'return Math.max(0, canary.calls - ended.length - open.length);',
        replace: 'return Math.max(0, canary.calls - ended.length);',
      },
    ],
    caughtBy: ['no more calls than the canary has before it is judged'],
    in: ({ campaigns }) => campaigns.some(({ execution }) => execution.stops.canary !== undefined),
    from: 211,
  },
  {
    name: 'pause that is not heard',
    edits: [
      {
        file: 'src/run/hear-stops.ts',
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
    from: 259,
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
    from: 101,
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
    from: 6_419,
    in: ({ episodes }) =>
      episodes.some(({ runs }) =>
        runs.some((run) => run.campaign > 0 && run.hostname === 'back-office' && run.strokes.length > 0),
      ),
  },
  {
    name: 'a cap of the campaign hides that of the store',
    edits: [
      {
        file: 'src/ledger/gate.ts',
        find: 'const freeAgainMs = capsOf(gates).flatMap(',
        replace: 'const freeAgainMs = capsOf(gates).slice(0, 1).flatMap(',
      },
    ],
    caughtBy: ['no more calls a person than declared'],
    in: ({ campaigns }) => campaigns.some(({ execution: { caps, maxAttempts } }) => caps.length > 1 && maxAttempts > 1),
    from: 233,
  },
  {
    name: 'retries at the same time of day',
    edits: [
      {
        file: 'src/ledger/gate.ts',
        find: 'if (apartMs === undefined || earlierMs.length === 0) return span.fromMs;',
        replace: 'if (apartMs !== 0 || earlierMs.length === 0) return span.fromMs;',
      },
    ],
    caughtBy: ['retries come at another time of day'],
    in: ({ campaigns }) => campaigns.some(({ execution }) => execution.anotherTime !== undefined),
  },
  {
    name: 'a rerun that does not know the others',
    edits: [
      {
        file: 'src/cli/rerun/parent-wave.ts',
        find: 'const others = kinOf({ wave, name }, waves).map(',
        replace: "const others = waves.filter((one) => one.wave === '').map(",
      },
    ],
    caughtBy: ['nobody is called again by two reruns'],
    in: ({ reruns }) => new Set(reruns.flatMap(({ runs }) => runs.map(({ rerun }) => rerun))).size > 1,
    from: 24,
  },
  {
    name: 'a wave that does not know its reruns',
    edits: [
      {
        file: 'src/store/sqlite/recalled.ts',
        find: 'SELECT 1 FROM rerun LIMIT 1',
        replace: 'SELECT 1 FROM rerun LIMIT 0',
      },
    ],
    caughtBy: ['nobody is called again by two reruns'],
    in: ({ reruns }) => reruns.some(({ edits }) => edits.some(({ kind }) => kind === 'opt_in')),
  },
  {
    name: 'a rerun that calls everybody',
    edits: [
      {
        file: 'src/store/sqlite/frozen.ts',
        find: "(r.state = 'done' AND r.outcome IN (SELECT value FROM json_each(?)))",
        replace: "(r.state = 'done' AND '' <> (SELECT value FROM json_each(?)))",
      },
    ],
    caughtBy: ['nobody who answered is called again'],
    in: ({ reruns }) => reruns.length > 0,
  },
  {
    name: 'a rerun that forgets the last ones',
    edits: [
      {
        file: 'src/store/sqlite/frozen.ts',
        find: 'if (page.length > 0) yield page;',
        replace: 'if (page.length > 1) yield page.slice(1);',
      },
    ],
    caughtBy: ['everybody is accounted for'],
    in: ({ reruns }) => reruns.length > 0,
  },
  {
    name: 'opt-outs that nobody heeds',
    edits: [
      {
        file: 'src/ledger/gate.ts',
        find: 'if (candidate.optedOut) return',
        replace: 'if (candidate.optedOut && candidate.n > 9) return',
      },
    ],
    caughtBy: ['nobody suppressed is dialled'],
    in: ({ episodes }) => episodes.some(({ runs }) => runs.some(({ optingOut }) => optingOut !== undefined)),
    from: 23,
  },
  {
    name: 'opt-outs of calls that are forgotten',
    edits: [
      {
        file: 'src/store/sqlite/record.ts',
        find: "if (event.kind === 'ended' && event.optOut) optOutByCall(database, attempt.id, wallMs);",
        replace: 'void optOutByCall;',
      },
    ],
    caughtBy: ['nobody suppressed is dialled'],
    in: ({ provider, campaigns }) => provider.name === 'vocode' && campaigns.length > 1,
    from: 380,
  },
  {
    name: 'a word that nobody was called, against what the provider shows',
    edits: [
      {
        file: 'src/run/survey.ts',
        find: 'const imported = await importFound(context, latest.sightings);',
        replace: 'const imported = options.nobodyCalled ? 0 : await importFound(context, latest.sightings);',
      },
    ],
    caughtBy: ['an attempt is dialled once'],
    in: ({ vouches, provider: { faults }, episodes }) =>
      vouches && faults['list-lag'] === 0 && episodes.some(({ edits }) => edits.some(({ kind }) => kind === 'lose')),
  },
  {
    name: 'calls that no reference tells are nobody',
    edits: [
      {
        file: 'src/run/survey.ts',
        find: 'if ((await store.boundTo(sighting)) === undefined) unbound.push(sighting);',
        replace: '',
      },
    ],
    caughtBy: ['an attempt is dialled once'],
    in: ({ provider: { faults }, episodes }) =>
      faults['no-echo'] === true &&
      episodes.some(({ edits }) => edits.some(({ kind }) => kind === 'lose' || kind === 'restore')),
    from: 58,
  },
  {
    name: 'a policy that narrows nothing',
    edits: [
      {
        file: 'src/model/hours.ts',
        find: '...(policy === undefined ? [] : [policy.windows])];',
        replace: '...(policy === undefined ? [] : [])];',
      },
    ],
    caughtBy: ['nobody is dialled outside of the hours'],
    in: ({ campaigns }) => campaigns.some(({ execution }) => execution.policy !== undefined),
  },
  {
    name: 'settled as called is not called',
    edits: [
      {
        file: 'src/ledger/evolve.ts',
        find: "return as === 'called'",
        replace: "return as === 'called' && false",
      },
    ],
    caughtBy: ['an attempt is dialled once'],
    in: (world) => world.provider.faults['no-echo'] === true && oftenLost(world),
    from: 4_142,
  },
  {
    name: 'a word that settles nothing',
    edits: [
      {
        file: 'src/ledger/evolve.ts',
        find: "return state?.kind === 'unresolved' ? settled(event.as) : state;",
        replace: 'void settled;\n      return state;',
      },
    ],
    caughtBy: ['what a person settles is settled'],
    in: ({ lockout, resolves }) => lockout !== undefined && resolves,
    from: 36,
  },
  {
    name: 'a policy whose caps nobody heeds',
    edits: [
      {
        file: 'src/model/caps.ts',
        find: 'return [...perPerson, ...(policy?.perPerson ?? [])];',
        replace: 'return [...perPerson, ...(policy?.perPerson ?? []).slice(9)];',
      },
    ],
    caughtBy: ['no more calls a person than declared'],
    from: 117,
    in: ({ campaigns }) =>
      campaigns.some(({ execution: { policyCaps, maxAttempts } }) => maxAttempts > 1 && policyCaps !== undefined),
  },
  {
    name: 'a cap of the store that knows one campaign',
    edits: [
      {
        file: 'src/store/sqlite/earlier-calls.ts',
        find: "const own = cap.in === 'campaign';",
        replace: 'const own = true;\n  void cap.in;',
      },
    ],
    caughtBy: ['no more calls a person than declared'],
    from: 267,
    in: ({ campaigns }) => campaigns.length > 2 && campaigns.every(({ execution }) => execution.caps.length > 0),
  },
  {
    name: 'a cap that counts a scheduled call from when it was asked for',
    edits: [
      {
        file: 'src/store/sqlite/earlier-calls.ts',
        find: 'ORDER BY e.seq DESC LIMIT 1), 0))',
        replace: 'ORDER BY e.seq DESC LIMIT 0), 0))',
      },
    ],
    caughtBy: ['no more calls a person than declared'],
    from: 2_293,
    in: (world) => hasTimes(world) && world.campaigns.some(({ execution }) => execution.caps.length > 0),
  },
  {
    name: 'a time of somebody that is told as another',
    edits: [
      {
        file: 'src/providers/happyrobot/options.ts',
        find: '{ scheduled_for: printInstant(atMs) }',
        replace: '{ scheduled_for: printInstant(atMs + 3_600_000) }',
      },
    ],
    caughtBy: ['who has a time is dialled at it'],
    from: 15,
    in: hasTimes,
  },
  {
    name: 'a time outside of the hours',
    edits: [
      {
        file: 'src/ledger/gate.ts',
        find: "return opening.atMs === atMs ? undefined : { kind: 'skip', reason: 'no_window' };",
        replace: 'return undefined;',
      },
      {
        file: 'src/ledger/certain-skip.ts',
        find: "if (atMs !== undefined && !isOpen(execution, known.zones, atMs)) return 'no_window';",
        replace: 'void isOpen;',
      },
    ],
    caughtBy: ['nobody is dialled outside of the hours'],
    from: 188,
    in: (world) => hasTimes(world) && world.campaigns.some(({ execution }) => execution.hours.kind === 'windows'),
  },
  {
    name: 'a test call that is somebody of the wave',
    edits: [
      {
        file: 'src/cli/call/place-test-call.ts',
        find: 'const wave = testWave(world.random.hex(8));',
        replace: 'void testWave;\n  const { wave } = campaign;',
      },
    ],
    caughtBy: ["a test call is nobody's"],
    from: 275,
    in: hasTests,
  },
  {
    name: 'a test call that nobody follows',
    edits: [
      {
        file: 'src/run/other-waves.ts',
        find: 'if (left.length === 0) continue;',
        replace: 'if (left.length === 0 || isTestWave(wave)) continue;',
      },
    ],
    caughtBy: ['a run ends', 'everybody is accounted for'],
    from: 1_884,
    in: hasTests,
  },
  {
    name: 'retries by the rules of before',
    edits: [
      {
        file: 'src/ledger/gate.ts',
        find: 'if (candidate.n > (gates.attempts?.max ?? candidate.n))',
        replace: 'if (candidate.n > 99)',
      },
    ],
    caughtBy: ['retries are as declared'],
    from: 645,
    in: ({ episodes }) =>
      episodes.some(({ edits }) => edits.some((one) => one.kind === 'rules' && one.rules.maxAttempts === 1)),
  },
  {
    name: 'a list that cannot be read is as it was',
    edits: [
      {
        file: 'src/cli/run/suppression-of.ts',
        find: "return first === undefined ? 'a suppression list cannot be read any more' : say(first).message;",
        replace: 'void say;\n    void first;\n    return undefined;',
      },
    ],
    caughtBy: ['nobody is dialled past a list that cannot be read'],
    from: 210,
    in: ({ episodes }) =>
      episodes.some(({ runs }) => runs.some(({ spoiling }) => spoiling !== undefined && spoiling.forMs > 60_000)),
  },
  {
    name: 'a list behind an address that is read once',
    edits: [
      { file: 'src/cli/run/suppression-of.ts', find: 'const silentMs = 60_000;', replace: 'const silentMs = 6e9;' },
    ],
    caughtBy: ['nobody is dialled past a list that cannot be read', 'nobody suppressed is dialled'],
    from: 1_697,
    in: ({ campaigns, episodes }) =>
      campaigns.some(({ isListRemote }) => isListRemote === true) &&
      episodes.some(({ runs }) => runs.some(({ spoiling, suppressing }) => (spoiling ?? suppressing) !== undefined)),
  },
  {
    name: 'whoever was polled is being polled for ever',
    edits: [
      {
        file: 'src/run/write-arrived.ts',
        find: 'for (const attempt of one.polled ?? []) flow.polling.delete(attempt.id);',
        replace: 'void one;',
      },
    ],
    caughtBy: ['a run ends'],
  },
  {
    name: 'a number that stays held',
    edits: [
      {
        file: 'src/store/sqlite/record.ts',
        find: 'if (isOpen(state) !== isOpen(attempt.state))',
        replace: 'if (attempt.id < 0)',
      },
    ],
    caughtBy: ['no bug shows'],
  },
  {
    name: 'an intent that counts for nothing',
    edits: [
      {
        file: 'src/store/sqlite/intend.ts',
        find: "UPDATE recipient SET state = 'intent', attempts = attempts + 1 WHERE id = ?",
        replace: "UPDATE recipient SET state = 'intent' WHERE id = ?",
      },
    ],
    caughtBy: ['everybody is accounted for'],
  },
];
