import { hash } from 'node:crypto';
import type { Address } from './campaign.ts';
import { canonicalJson } from './digest.ts';

/** What the provider carries for us where it echoes tags. */
export const referenceKey = 'callplan_ref';

/** The parts of a reference `cp1.E.R.n`. */
export type Reference = { readonly wave: string; readonly recipient: string; readonly n: number };

/** E: first 16 base32 characters of the SHA-256 of [campaign, environment, wave]. Unkeyed, so that it outlives any store. */
export function waveTag(address: Address, wave: string): string {
  return tag([address.campaign, address.environment, wave]);
}

/** R: first 16 base32 characters of the SHA-256 of [campaign, environment, wave, key]. */
export function recipientTag(address: Address, wave: string, key: string): string {
  return tag([address.campaign, address.environment, wave, key]);
}

/** `cp1.E.R.n`. */
export function printReference(reference: Reference): string {
  return `cp1.${reference.wave}.${reference.recipient}.${String(reference.n)}`;
}

/** Undefined where the text is not a reference of ours. */
export function parseReference(text: string): Reference | undefined {
  const match = /^cp1\.([a-z2-7]{16})\.([a-z2-7]{16})\.([1-9]\d{0,4})$/.exec(text);
  const [, wave, recipient, n] = match ?? [];
  if (wave === undefined || recipient === undefined || n === undefined) return undefined;
  return { wave, recipient, n: Number(n) };
}

function tag(parts: readonly string[]): string {
  // Ten bytes are 16 characters.
  return base32(hash('sha256', canonicalJson(parts), 'buffer').subarray(0, 10));
}

/** RFC 4648 base32, lower case; bits that fill no character are left out. */
function base32(bytes: Uint8Array): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  let bits = 0;
  let held = 0;
  let text = '';
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return text;
}
