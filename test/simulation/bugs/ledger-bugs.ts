import type { Bug } from './bug.ts';
import { hasTimes, oftenLost } from './worlds-with.ts';

/** Of what is decided: src/ledger. */
export const ledgerBugs: readonly Bug[] = [
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
        find: 'expireAfterMs === undefined ? first.atMs',
        replace: 'expireAfterMs! > 0 ? first.atMs',
      },
    ],
    caughtBy: ['nobody is dialled before or after their time'],
    in: ({ campaigns }) =>
      campaigns.some(({ rows, execution }) => (execution.span?.expireAfterMs ?? 9e5) < 18e4 && rows.length > 2),
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
];
