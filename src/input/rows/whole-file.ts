/** A file that is held whole, since it cannot be read piece by piece; sizes in bytes. */
export type WholeFile =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'too_large'; readonly size: number; readonly limit: number };

/** Reads a stream to its end, or until it is larger than the limit. */
export async function readWhole(chunks: AsyncIterable<Uint8Array>, limit: number): Promise<WholeFile> {
  const held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limit) return { kind: 'too_large', size, limit };
    held.push(chunk);
  }
  return { kind: 'whole', bytes: Buffer.concat(held) };
}
