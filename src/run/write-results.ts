/** Writes a wave's results.jsonl, atomically and in flat memory. */
import { resultLine } from '../ledger/result-line.ts';
import { runningDigest } from '../model/running-digest.ts';
import { hmac, sha256 } from '../model/digest.ts';
import type { Env, Files } from '../ports.ts';
import type { ReadStore } from '../store/contract/read-store.ts';

/** What writing results needs of the world. */
export type ResultsDeps = { readonly store: ReadStore; readonly files: Files; readonly env: Env };

/** Makes the HMAC of recipients; `id` tells which key it was, without telling the key. */
export type RecipientKey = {
  readonly key: string;
  readonly id: string;
  readonly nameOf: (recipient: string) => string;
};

/** The key of CALLPLAN_KEY, or one of the store's own. */
export async function recipientKey({ env, store }: Pick<ResultsDeps, 'env' | 'store'>): Promise<RecipientKey> {
  const key = env['CALLPLAN_KEY'] ?? (await store.manifestKey());
  const id = sha256(`callplan recipient key ${key}`).slice(0, 8);
  return { key, id, nameOf: (recipient) => hmac(key, recipient) };
}

/** Written at once: the disk takes its time for each. */
const chunkLength = 512 * 1024;

/** @returns SHA-256 of what was written */
export async function writeResults(
  path: string,
  waveId: number,
  { nameOf }: RecipientKey,
  { store, files }: Pick<ResultsDeps, 'store' | 'files'>,
): Promise<string> {
  const hash = runningDigest();
  async function* lines(): AsyncGenerator<string> {
    let chunk = '';
    for await (const page of store.results(waveId)) {
      chunk += page.map((row) => `${JSON.stringify(resultLine(row, nameOf, isoTime))}\n`).join('');
      if (chunk.length < chunkLength) continue;
      hash.add(chunk);
      yield chunk;
      chunk = '';
    }
    hash.add(chunk);
    yield chunk;
  }
  await files.writeAtomically(path, lines());
  return hash.hex();
}

/** An instant as manifests and results write it: ISO 8601, UTC. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
