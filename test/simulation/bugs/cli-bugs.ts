import type { Bug } from './bug.ts';
import { changesBeforeAnswer, hasTests } from './worlds-with.ts';

/** Of what comes before the first call, and of lists that are read beside: src/cli. */
export const cliBugs: readonly Bug[] = [
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
    name: 'rows that were kept of a list that is another by now',
    edits: [
      {
        file: 'src/cli/run/list-to-enrol.ts',
        find: 'if (before.rows !== undefined && before.rows.fingerprint === fingerprint) {',
        replace: "if (before.rows !== undefined && fingerprint !== '') {",
      },
    ],
    caughtBy: ['everybody is accounted for', 'a first call is to the number of the row'],
    in: changesBeforeAnswer,
  },
  {
    name: 'a list that is known whatever stands in it',
    edits: [{ file: 'src/cli/run/list-mark.ts', find: '    content,\n    sources', replace: '    sources' }],
    caughtBy: ['everybody is accounted for', 'a first call is to the number of the row'],
  },
];
