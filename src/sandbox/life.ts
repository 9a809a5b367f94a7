/**
 * The life of a call: it waits, is under way, and ends in one of a few ways. What happens to a number depends on the
 * seed, the number and how often it was called, not on the order of requests, so that more recipients or another pace
 * change nobody's fate.
 */
import type { Random } from '../ports.ts';
import { seedOf, seededRandom } from './seeded-random.ts';

/** How a call may end. `replied` chose an option; without options to choose it is `answered`. */
export const endings = ['replied', 'answered', 'no_answer', 'busy', 'voicemail', 'failed'] as const;
export type Ending = (typeof endings)[number];

/** What happens to calls, by share and by number. */
export type LifeScript = {
  /** Weights; endings that are left out do not happen. Left out itself: `usualShares`. */
  readonly shares?: Readonly<Partial<Record<Ending, number>>>;
  /** By E.164 number: how its first, second ... call ends; the last ending stays. */
  readonly numbers?: Readonly<Record<string, Ending | readonly Ending[]>>;
  /** Before the dial. Default 2,000. */
  readonly queuedMs?: number;
  /** Length of an answered call, at least and at most. Default 15,000 to 60,000. */
  readonly talkMs?: readonly [number, number];
};

/** One call's life, in milliseconds since it was placed. */
export type Life = {
  readonly ending: Ending;
  readonly underWayAtMs: number;
  readonly endsAtMs: number;
  /** Whole seconds with somebody, or a machine, on the line. */
  readonly seconds: number;
  /** Which option was chosen, as a float in [0, 1), for who replied. */
  readonly choice: number;
};

/** How the people of a sandbox answer where nobody says. */
export const usualShares: Readonly<Partial<Record<Ending, number>>> = {
  replied: 0.7,
  answered: 0.1,
  no_answer: 0.15,
  busy: 0.03,
  failed: 0.02,
};

/** How long the line is taken where nobody talks. */
const untalkedMs: Readonly<Partial<Record<Ending, number>>> = { no_answer: 30_000, busy: 3_000, failed: 1_000 };

/** Gives each new call of a number its life. `callMs` sets the whole length of every call, 0 ends them at once. */
export function lives(script: LifeScript, random: Random, callMs?: number): (phone: string) => Life {
  const salt = random.hex(8);
  const counts = new Map<string, number>();
  const { queuedMs = 2_000, talkMs = [15_000, 60_000] } = script;
  return (phone) => {
    const nth = counts.get(phone) ?? 0;
    counts.set(phone, nth + 1);
    const own = seededRandom(seedOf(`${salt} ${phone} ${String(nth)}`));
    const ending = endingOf(script, { phone, nth, drawn: own.next() });
    const talk = talkMs[0] + own.next() * (talkMs[1] - talkMs[0]);
    const underWayAtMs = callMs === undefined ? queuedMs : 0;
    const lastsMs = callMs ?? untalkedMs[ending] ?? talk;
    const seconds = untalkedMs[ending] === undefined ? Math.round(lastsMs / 1000) : 0;
    return { ending, underWayAtMs, endsAtMs: underWayAtMs + lastsMs, seconds, choice: own.next() };
  };
}

function endingOf(
  { numbers = {}, shares = usualShares }: LifeScript,
  { phone, nth, drawn }: { readonly phone: string; readonly nth: number; readonly drawn: number },
): Ending {
  const scripted = Object.hasOwn(numbers, phone) ? numbers[phone] : undefined;
  if (typeof scripted === 'string') return scripted;
  return scripted?.[nth] ?? scripted?.at(-1) ?? byShare(shares, drawn);
}

function byShare(shares: Readonly<Partial<Record<Ending, number>>>, drawn: number): Ending {
  let left = drawn * endings.reduce((sum, ending) => sum + (shares[ending] ?? 0), 0);
  for (const ending of endings) {
    left -= shares[ending] ?? 0;
    if (left < 0) return ending;
  }
  return 'answered';
}
