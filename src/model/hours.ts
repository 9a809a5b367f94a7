import type { Execution } from './campaign.ts';

/** When calls may be made: inside of the campaign's windows and of its policy's, on no holiday. */
export type Hours = Pick<Execution, 'windows' | 'holidays' | 'policy'>;

/** Whether the time of day does not matter, and so no zone. */
export function isAnyTime({ windows, holidays = [], policy }: Hours): boolean {
  return windows === 'always' && holidays.length === 0 && policy === undefined;
}
