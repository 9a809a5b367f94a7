/**
 * Milliseconds that a Retry-After header asks for (seconds or HTTP date; RFC 9110 10.2.3). A date is compared with
 * the answer's own Date header where there is one, so that a skewed clock does not matter.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  // Date.parse takes much for a date: "-5" and "5 minutes" are days of 2001 to it, long over.
  if (!/^[A-Za-z]{3,9}, .* GMT$/.test(value)) return undefined;
  const untilMs = Date.parse(value);
  if (Number.isNaN(untilMs)) return undefined;
  const serverMs = Date.parse(headers['date'] ?? '');
  return Math.max(0, untilMs - (Number.isNaN(serverMs) ? nowMs : serverMs));
}
