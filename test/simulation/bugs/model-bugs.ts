import type { Bug } from './bug.ts';
import { hasTimes } from './worlds-with.ts';

/** Of what a file and a provider mean: src/model and src/providers. */
export const modelBugs: readonly Bug[] = [
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
];
