import { hash } from 'node:crypto';
import type { Ending } from '../../src/sandbox/life.ts';
import { wave } from './campaign-file.ts';
import type { ProviderName } from './provider-plan.ts';
import type { SimulatedWorld } from './world.ts';

/** One call that the provider really placed. */
export type Dial = {
  /** When the provider was asked to, true time. */
  readonly askedMs: number;
  /** When it dials: at once, unless a later time was named. */
  readonly atMs: number;
  readonly endsAtMs: number;
  readonly phone: string;
  readonly reference: string;
  /** E and R of the reference, and the number of the attempt. */
  readonly wave: string;
  readonly recipient: string;
  readonly n: number;
  readonly ending: Ending;
};

const queuedMs = 2_000;

/** How long each call is open; only talks differ between worlds. */
const untalkedMs: Readonly<Partial<Record<Ending, number>>> = { no_answer: 30_000, busy: 3_000, failed: 1_000 };

/** Reads calls off the lines of the sandbox's request log. */
export function dialReader(
  world: SimulatedWorld,
  scheduledMs: ReadonlyMap<string, number>,
): (line: string) => readonly Dial[] {
  const counts = new Map<string, number>();
  return (line) => {
    const entry = JSON.parse(line) as { readonly at: number; readonly calls?: readonly { readonly phone: string }[] };
    return (entry.calls ?? []).map((call) => {
      const phone = `+${call.phone.replaceAll(/\D/g, '')}`;
      const nth = counts.get(phone) ?? 0;
      counts.set(phone, nth + 1);
      const ending = world.fates[phone]?.[nth] ?? world.fates[phone]?.at(-1) ?? 'answered';
      const [reference = '', e = '', r = '', n = ''] = referenceIn(JSON.stringify(call)) ?? [];
      const lastsMs = queuedMs + (untalkedMs[ending] ?? world.talkMs);
      const skewMs = world.provider.faults['clock-skew'] ?? 0;
      const atMs = Math.max(entry.at, (scheduledMs.get(reference) ?? 0) - skewMs);
      return {
        askedMs: entry.at,
        atMs,
        endsAtMs: atMs + lastsMs,
        phone,
        reference,
        wave: e,
        recipient: r,
        n: Number(n),
        ending,
      };
    });
  };
}

function referenceIn(text: string): RegExpExecArray | null {
  return /cp1\.([a-z2-7]{16})\.([a-z2-7]{16})\.(\d+)/.exec(text);
}

/** All references in the body of a request. */
export function referencesIn(body: string): readonly string[] {
  return [...body.matchAll(/cp1\.[a-z2-7]{16}\.[a-z2-7]{16}\.\d+/g)].map(([reference]) => reference);
}

/** By their references: calls of a request that are to be dialled at a time of their own, and when. */
export function scheduledIn(body: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (!body.includes('"scheduled_for"')) return found;
  const said: unknown = JSON.parse(body);
  for (const call of Array.isArray(said) ? said : [said]) {
    const text = JSON.stringify(call);
    const atMs = Date.parse(/"scheduled_for":"([^"]+)"/.exec(text)?.[1] ?? '');
    for (const reference of referencesIn(text)) if (!Number.isNaN(atMs)) found.set(reference, atMs);
  }
  return found;
}

/** E of a campaign's wave, the one of its file if no other is named. */
export function waveTag(campaign: string, named: string = wave): string {
  return tag([campaign, 'default', named]);
}

/** R of a recipient. */
export function recipientTag(campaign: string, key: string): string {
  return tag([campaign, 'default', wave, key]);
}

/** The first 16 base32 characters of the SHA-256 of a JSON array: as the design has it, not as the engine does it. */
function tag(parts: readonly string[]): string {
  const bytes = hash('sha256', JSON.stringify(parts), 'buffer');
  const bits = [...bytes.subarray(0, 10)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five, 2)])
    .join('');
}

/** Calls of which an answer says that who was called asked not to be called again. */
export function peaceIn(body: string): readonly { readonly phone: string; readonly tag: string | undefined }[] {
  if (!body.includes('"do_not_call_result":true')) return [];
  const calls: { phone: string; tag: string | undefined }[] = [];
  JSON.parse(body, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('do_not_call_result' in value)) return value;
    if (value.do_not_call_result !== true || !('to_number' in value)) return value;
    const [, e] = referenceIn(JSON.stringify(value)) ?? [];
    calls.push({ phone: `+${String(value.to_number).replaceAll(/\D/g, '')}`, tag: e });
    return value;
  });
  return calls;
}

/** What each ending is to a campaign that retries no_answer and busy; others are not retried. */
export function retriedAs(provider: ProviderName, ending: Ending): 'no_answer' | 'busy' | undefined {
  if (ending === 'no_answer') return 'no_answer';
  // VoiceOS does not say why nobody took a call.
  if (provider === 'voiceos') return ending === 'busy' || ending === 'failed' ? 'no_answer' : undefined;
  return ending === 'busy' ? 'busy' : undefined;
}
