import { waitOf } from '../../ledger/wait-of.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { Unfinished, WaitGroup } from '../../model/wave.ts';
import { maskText } from '../../report/mask-values.ts';
import { maskPhone } from '../../report/mask-phone.ts';
import type { WaitingPerson, WaitReason } from '../../report/status-report.ts';
import { isoTime } from '../iso-time.ts';

type Told = {
  readonly campaign: Campaign;
  /** Of those whose zone is not known. */
  readonly zone: string;
  readonly nowMs: number;
};

/** Why recipients wait, each reason once. */
export function waitReasons(groups: readonly WaitGroup[], told: Told): readonly WaitReason[] {
  const reasons = new Map<string, WaitReason>();
  for (const group of groups) {
    const reason = reasonToWait(group, told);
    const name = JSON.stringify(reason);
    const known = reasons.get(name)?.recipients ?? 0;
    reasons.set(name, { recipients: known + group.recipients, ...reason });
  }
  return [...reasons.values()];
}

/** One who is not called yet, and why; id and number are masked unless they shall be shown. */
export function waitingPerson(one: Unfinished, told: Told & { readonly show: boolean }): WaitingPerson {
  const { key, phone, attempts, calledMs } = one;
  const reason = reasonToWait(one, told);
  return {
    id: told.show ? key : maskText(key, [phone]),
    phone: maskPhone(phone, told),
    attempt: attempts,
    called_at: calledMs === undefined ? null : isoTime(calledMs, one.zone ?? told.zone),
    ...reason,
    zone: one.zone ?? told.zone,
  };
}

/** What somebody in a state waits for, and until when. */
export function reasonToWait(
  { state, why, dueMs, zone }: Pick<WaitGroup, 'why' | 'dueMs' | 'zone'> & { readonly state: string },
  { campaign, nowMs, zone: unknown }: Told,
): Omit<WaitReason, 'recipients'> {
  const shown = zone ?? unknown;
  const until = (ms: number | undefined): Pick<WaitReason, 'until' | 'zone'> =>
    ms === undefined || ms <= nowMs ? { until: null, zone: null } : { until: isoTime(ms, shown), zone: shown };
  if (why === undefined || dueMs === undefined) return { state, why: null, ...until(dueMs) };
  const pending = { why, dueMs, ...(zone === undefined ? {} : { zone }) };
  const wait = waitOf(pending, campaign.execution, nowMs);
  return { state, why: wait.why, ...until(wait.untilMs) };
}
