import type { Draw } from './draw.ts';

/** Minutes of the local day; `always`: no window. */
export type Hours =
  | { readonly kind: 'always' }
  | { readonly kind: 'windows'; readonly windows: readonly Window[]; readonly holidays: readonly string[] };

export type Window = { readonly days: readonly Day[]; readonly fromMinute: number; readonly toMinute: number };

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof days)[number];

/** Where recipients live; the first zone is the one around whose windows the world begins. */
const places: readonly [readonly [string, ...string[]], ...(readonly [string, ...string[]])[]] = [
  ['Africa/Lagos'],
  ['Europe/Paris', 'Africa/Lagos'],
  ['Africa/Lagos', 'Europe/London'],
  ['America/St_Johns', 'America/New_York'],
  ['Asia/Kathmandu', 'Asia/Kolkata'],
  ['Australia/Lord_Howe'],
];

/** Ordinary days, and days on which clocks are set. */
const dates = ['2026-11-24', '2026-12-31', '2026-10-25', '2026-03-29', '2026-11-01', '2026-03-08', '2026-04-05'];

/** When a world begins, and hours that open or close within minutes of it. */
export function drawHours(draw: Draw): {
  readonly startMs: number;
  readonly zones: readonly [string, ...string[]];
  readonly hours: Hours;
} {
  const [firstDate = '', ...otherDates] = dates;
  const startMs = Date.parse(draw.pick(firstDate, firstDate, ...otherDates)) + draw.whole(0, 1439) * 60_000;
  const [firstPlace, ...otherPlaces] = places;
  const zones = draw.pick(firstPlace, ...otherPlaces);
  if (draw.chance(0.55)) return { startMs, zones, hours: { kind: 'always' } };
  const windows = drawWindows(draw, zones[0], startMs);
  const { date } = localTime(zones[0], startMs);
  return { startMs, zones, hours: { kind: 'windows', windows, holidays: draw.chance(0.05) ? [date] : [] } };
}

/** Windows that open or close within minutes of an instant. */
export function drawWindows(draw: Draw, zone: string, atMs: number): readonly Window[] {
  const { minute, day } = localTime(zone, atMs);
  const edge = minute + draw.whole(1, 12);
  const window = (from: number, to: number): Window => ({
    days: draw.chance(0.8) ? days : days.filter((one) => one !== days[(days.indexOf(day) + 1) % 7]),
    fromMinute: (from + 1440) % 1440,
    toMinute: (to + 1440) % 1440,
  });
  return draw.pick<readonly Window[]>(
    [window(minute - 60, edge), window(edge + draw.whole(2, 10), edge + 90)],
    [window(edge, edge + 60)],
    [window(minute - 30, minute + 180)],
  );
}

/** Whether the hours of day that a policy leaves meet the windows. */
export function mayBeGoverned(hours: Hours): boolean {
  if (hours.kind === 'always') return true;
  return hours.windows.some(
    ({ fromMinute, toMinute }) =>
      (fromMinute < 21 * 60 && toMinute > 8 * 60) ||
      (fromMinute > toMinute && (fromMinute < 21 * 60 || toMinute > 8 * 60)),
  );
}

/** How far retries can keep from earlier calls, whenever those were: the windows lie side by side. */
export function roomMinutes(hours: Hours): number {
  if (hours.kind === 'always') return 240;
  const open = hours.windows.reduce(
    (sum, { fromMinute, toMinute }) => sum + ((toMinute - fromMinute + 1440) % 1440),
    0,
  );
  return open / 2 - 15;
}

/** What clocks show that are so far apart, round midnight. */
export function clockMinutesApart(zone: string, oneMs: number, otherMs: number): number {
  const minute = (ms: number): number => localTime(zone, ms).minute + ((ms / 60_000) % 1);
  const apart = Math.abs(minute(oneMs) - minute(otherMs));
  return Math.min(apart, 1440 - apart);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Local time by Intl alone, apart from the engine's own reckoning. */
function localTime(zone: string, atMs: number): { readonly minute: number; readonly day: Day; readonly date: string } {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'short',
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  const day = days.find((one) => one === parts['weekday']?.slice(0, 3).toLowerCase()) ?? 'mon';
  return {
    minute: Number(parts['hour']) * 60 + Number(parts['minute']),
    day,
    date: `${parts['year'] ?? ''}-${parts['month'] ?? ''}-${parts['day'] ?? ''}`,
  };
}

type Rules = { readonly hours: Hours; readonly policy?: 'us-federal@1' };

/** Whether somebody of that zone may be called at that instant. */
export function isOpen({ hours, policy }: Rules, zone: string, atMs: number): boolean {
  if (hours.kind === 'always' && policy === undefined) return true;
  const local = localTime(zone, atMs);
  // 47 CFR 64.1200(c)(1): not before eight, not after nine in the evening.
  if (policy !== undefined && (local.minute < 8 * 60 || local.minute >= 21 * 60)) return false;
  if (hours.kind === 'always') return true;
  if (hours.holidays.includes(local.date)) return false;
  const yesterday = days[(days.indexOf(local.day) + 6) % 7] ?? 'mon';
  return hours.windows.some(({ days: on, fromMinute, toMinute }) => {
    const isLate = local.minute >= fromMinute;
    const isEarly = local.minute < toMinute;
    if (fromMinute < toMinute) return on.includes(local.day) && isLate && isEarly;
    return (on.includes(local.day) && isLate) || (on.includes(yesterday) && isEarly);
  });
}
