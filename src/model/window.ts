/** A day of the week. */
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** A local interval on each of its days; over midnight where `to` is not after `from`, and then it belongs to its first day. */
export type Window = {
  readonly days: readonly Weekday[];
  /** Minutes since local midnight, 0 to 1439. */
  readonly fromMinute: number;
  /** Minutes since local midnight, 1 to 1440. */
  readonly toMinute: number;
};
