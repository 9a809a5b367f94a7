import { calendarDay } from '../model/calendar.ts';

/** `2024-03-20T10:30:00Z`, as the APIs write times. */
export { printInstant as isoTime } from '../model/instant.ts';

/** `Wed, 20 Mar 2024 10:30:00 GMT`, as the Date header writes it (RFC 9110, 5.6.7). */
export function httpDate(epochMs: number): string {
  const days = Math.floor(epochMs / dayMs);
  const seconds = Math.floor((epochMs - days * dayMs) / 1000);
  const { year, month, day } = calendarDay(days);
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  const weekday = weekdays[(((days + 4) % 7) + 7) % 7];
  return `${weekday ?? ''}, ${two(day)} ${months[month - 1] ?? ''} ${String(year)} ${time} GMT`;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const dayMs = 86_400_000;

function two(value: number): string {
  return String(value).padStart(2, '0');
}
