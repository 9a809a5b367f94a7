/** `2024-03-20T10:30:00Z`, as the APIs write times. */
export function isoTime(epochMs: number): string {
  const { year, month, day, time } = civil(epochMs);
  return `${String(year)}-${two(month)}-${two(day)}T${time}Z`;
}

/** `Wed, 20 Mar 2024 10:30:00 GMT`, as the Date header writes it (RFC 9110, 5.6.7). */
export function httpDate(epochMs: number): string {
  const { year, month, day, time, weekday } = civil(epochMs);
  return `${weekdays[weekday] ?? ''}, ${two(day)} ${months[month - 1] ?? ''} ${String(year)} ${time} GMT`;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const dayMs = 86_400_000;

/** UTC, by https://howardhinnant.github.io/date_algorithms.html#civil_from_days: this folder has no `Date`. */
function civil(epochMs: number): { year: number; month: number; day: number; weekday: number; time: string } {
  const days = Math.floor(epochMs / dayMs);
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const seconds = Math.floor((epochMs - days * dayMs) / 1000);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
    weekday: (((days + 4) % 7) + 7) % 7,
    time: `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`,
  };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
