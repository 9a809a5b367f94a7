/** The policy packs: data/policies/ holds each version in a file of its own, which is never changed once it was released. */
import usFederal1 from '../../data/policies/us-federal@1.json' with { type: 'json' };
import type { Cap } from '../model/cap.ts';
import type { Policy } from '../model/policy.ts';
import { weekdays } from '../model/hours.ts';
import { certain } from './certain.ts';
import { parseDuration, parseTimeOfDay } from './quantity.ts';

type WrittenPolicy = Omit<Policy, 'windows' | 'perPerson'> & {
  readonly windows: readonly { readonly days: readonly string[]; readonly from: string; readonly to: string }[];
  readonly per_person?: readonly { readonly calls: number; readonly per: string; readonly in?: Cap['in'] }[];
};

/** By their names. */
export const policies: ReadonlyMap<string, Policy> = new Map([usFederal1].map((pack) => [pack.name, readPolicy(pack)]));

/** A pack as its file has it; times and caps are written as in a campaign file. */
export function readPolicy({ windows, per_person: caps, ...pack }: WrittenPolicy): Policy {
  return {
    ...pack,
    ...(caps !== undefined && { perPerson: caps.map(readCap) }),
    windows: windows.map(({ days, from, to }) => ({
      days: weekdays.filter((day) => days.includes(day)),
      fromMinute: certain(parseTimeOfDay(from), 'from'),
      toMinute: certain(parseTimeOfDay(to), 'to'),
    })),
  };
}

function readCap(cap: NonNullable<WrittenPolicy['per_person']>[number]): Cap {
  return { calls: cap.calls, perMs: certain(parseDuration(cap.per), 'per'), in: cap.in ?? 'store' };
}
