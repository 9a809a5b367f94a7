/** The policy packs: data/policies/ holds each version in a file of its own, which is never changed once it was released. */
import usFederal1 from '../../data/policies/us-federal@1.json' with { type: 'json' };
import type { Policy, Weekday } from '../model/campaign.ts';
import { certain } from './certain.ts';
import { parseTimeOfDay } from './quantity.ts';

type WrittenPolicy = Omit<Policy, 'windows'> & {
  readonly windows: readonly { readonly days: readonly string[]; readonly from: string; readonly to: string }[];
};

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** By their names. */
export const policies: ReadonlyMap<string, Policy> = new Map([usFederal1].map((pack) => [pack.name, readPolicy(pack)]));

function readPolicy({ windows, ...pack }: WrittenPolicy): Policy {
  return {
    ...pack,
    windows: windows.map(({ days, from, to }) => ({
      days: weekdays.filter((day) => days.includes(day)),
      fromMinute: certain(parseTimeOfDay(from), 'from'),
      toMinute: certain(parseTimeOfDay(to), 'to'),
    })),
  };
}
