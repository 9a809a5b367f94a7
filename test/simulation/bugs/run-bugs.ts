import type { Bug } from './bug.ts';
import { changesBeforeAnswer, hasTests, oftenLost } from './worlds-with.ts';

/** Of the engine that calls, and of the line that its requests take: src/run and src/remote. */
export const runBugs: readonly Bug[] = [
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
    name: 'a list that is as it was before the question',
    edits: [
      {
        file: 'src/run/run-wave.ts',
        find: 'const fingerprint = await known?.fingerprint();',
        replace: 'const fingerprint = known?.compared?.fingerprint ?? (await known?.fingerprint());',
      },
    ],
    caughtBy: ['everybody is accounted for', 'a first call is to the number of the row'],
    from: 1_972,
    in: changesBeforeAnswer,
  },
];
