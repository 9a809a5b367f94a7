import type { Handle } from './attempt.ts';

/** What the sending of a dispatch proved; see design 6.2. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly handle: Handle }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'stop'; readonly exit: 4 | 8; readonly reason: string; readonly sent: 'no' | 'perhaps' }
  /** `by` calls: so many at once are too many, and one has to end first. */
  | { readonly kind: 'throttled'; readonly by: 'requests' | 'calls'; readonly retryAfterMs?: number }
  | { readonly kind: 'unsent'; readonly reason: string }
  | { readonly kind: 'in_doubt'; readonly reason: string };
