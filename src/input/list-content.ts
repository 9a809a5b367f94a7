import { canonicalJson } from '../model/digest.ts';
import { runningDigest } from '../model/running-digest.ts';
import { FileProblem, type Files } from '../ports.ts';
import type { LocalSource } from './rows/local-source.ts';

/**
 * SHA-256 over what rows are read from, and over the rule that they are held against. Undefined with a SQLite database, whose
 * bytes say nothing of what a query answers, and where something cannot be read.
 * @param rule its digest, as it was read: the file may say otherwise by now
 */
export async function contentOf(
  sources: readonly LocalSource[],
  rule: string | undefined,
  files: Pick<Files, 'stream'>,
): Promise<string | undefined> {
  const digest = runningDigest();
  digest.add(canonicalJson(rule ?? null));
  const paths: string[] = [];
  for (const { rows } of sources) {
    if (rows.kind === 'sqlite') return undefined;
    if (rows.kind === 'inline') digest.add(canonicalJson(rows.source));
    else paths.push(rows.kind === 'file' ? rows.source.path : rows.path);
  }
  try {
    for (const path of paths) {
      let bytes = 0;
      for await (const chunk of files.stream(path)) {
        digest.add(chunk);
        bytes += chunk.length;
      }
      digest.add(`\n${String(bytes)}\n`);
    }
  } catch (error) {
    // Who reads it for its rows says why.
    if (error instanceof FileProblem) return undefined;
    throw error;
  }
  return digest.hex();
}
