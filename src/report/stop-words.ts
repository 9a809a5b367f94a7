import { cleanLine } from './clean.ts';
import { timeWords } from './time-words.ts';

/** A person's word that stopped a wave, as outputs have it. */
export type StopReport = {
  readonly kind: 'paused' | 'cancelled';
  /** ISO 8601, to the second. */
  readonly at: string;
  readonly by: string;
};

/** `paused by amina, 2026-11-24 10:00 +01:00`. */
export function stopWords({ kind, at, by }: StopReport): string {
  return `${kind} by ${cleanLine(by)}, ${timeWords(at)}`;
}
