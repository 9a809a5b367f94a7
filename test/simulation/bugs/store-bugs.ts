import type { Bug } from './bug.ts';
import { hasTimes, losesStore } from './worlds-with.ts';

/** Of what is written down and read again: src/store. */
export const storeBugs: readonly Bug[] = [
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
  {
    name: 'a call whose name is not kept',
    edits: [
      {
        file: 'src/store/sqlite/record.ts',
        find: 'if (columns.callId !== before?.callId) changed',
        replace: 'if (before !== undefined && columns.callId !== before.callId) changed',
      },
    ],
    caughtBy: ['a second run dials nobody'],
    from: 39,
    in: ({ provider }) => provider.faults['no-echo'] === true,
  },
  {
    name: 'a freed number that is not passed on',
    edits: [
      {
        file: 'src/store/sqlite/record.ts',
        find: 'steps.filter(isOver).map(({ attempt }) => attempt.phone),',
        replace: 'steps.filter((step) => isOver(step) && false).map(({ attempt }) => attempt.phone),',
      },
    ],
    caughtBy: ['one open attempt a phone'],
    from: 6_092,
    in: (world) => losesStore(world) && world.campaigns.length > 1,
  },
  {
    name: 'an earlier attempt that says where somebody stands',
    edits: [
      {
        file: 'src/store/sqlite/standing.ts',
        find: 'AND NOT EXISTS (SELECT 1 FROM attempt b WHERE b.recipient_id = recipient.id AND b.n > ?)`',
        replace: 'AND ? > 0`',
      },
    ],
    caughtBy: ['no bug shows'],
    from: 57,
    in: (world) => losesStore(world) && world.campaigns.every(({ execution }) => execution.maxAttempts > 1),
  },
];
