import { createHmac, hash } from 'node:crypto';

/** JSON with sorted keys and no white space: equal values, equal bytes. Undefined members are left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? 'null';
}

/** SHA-256 of the text, as lower-case hex. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/** HMAC-SHA-256 of the text, as lower-case hex. */
export function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** SHA-256 of the value's canonical JSON, as lower-case hex. */
export function digest(value: unknown): string {
  return sha256(canonicalJson(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}
