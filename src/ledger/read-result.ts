import { isObject, parseJson } from '../model/json.ts';

/** How a recipient ended, or stands. */
export type End = {
  /** The outcome of who was called to the end; else the state. */
  readonly outcome: string;
  readonly reply?: string;
};

/** What of a line of results is compared and counted. */
export type ReadResult = {
  /** HMAC, 64 hex digits. */
  readonly recipient: string;
  readonly state: string;
  /** Why it is skipped. */
  readonly skipped?: string;
  readonly isEnded: boolean;
  readonly end: End;
  /** Those not voided. */
  readonly attempts: number;
  readonly seconds: number;
  readonly costs: readonly string[];
};

/** A line of results.jsonl that somebody names, as far as waves are compared by it; undefined where it is no result. */
export function readResult(line: string): ReadResult | undefined {
  const found = parseJson(line);
  if (!isObject(found)) return undefined;
  const { recipient, state, reason, outcome, reply, attempts } = found;
  if (typeof recipient !== 'string' || !/^[0-9a-f]{64}$/.test(recipient)) return undefined;
  if (typeof state !== 'string' || !Array.isArray(attempts) || !attempts.every(isObject)) return undefined;
  const made = attempts.filter((attempt) => attempt['state'] !== 'voided');
  const words = isObject(reply) ? (reply['label'] ?? reply['option'] ?? reply['classification']) : undefined;
  return {
    recipient,
    state,
    ...(state === 'skipped' && typeof reason === 'string' ? { skipped: reason } : {}),
    isEnded: typeof outcome === 'string',
    end: {
      outcome: typeof outcome === 'string' ? outcome : state,
      ...(typeof words === 'string' ? { reply: words } : {}),
    },
    attempts: made.length,
    seconds: made.reduce((sum, { seconds }) => sum + (typeof seconds === 'number' ? seconds : 0), 0),
    costs: made.flatMap(({ cost }) => (typeof cost === 'string' ? [cost] : [])),
  };
}
