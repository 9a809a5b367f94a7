import { offsetMs } from '../../ledger/local-time.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An instant as people of a zone write it: `Tue 24 Nov 09:00 Africa/Lagos`. */
export function instant(ms: number, zone: string): string {
  const local = new Date(ms + offsetMs(zone, ms));
  const weekday = weekdays[local.getUTCDay()] ?? '';
  const month = months[local.getUTCMonth()] ?? '';
  return `${weekday} ${String(local.getUTCDate())} ${month} ${local.toISOString().slice(11, 16)} ${zone}`;
}
