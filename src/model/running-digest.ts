import { createHash } from 'node:crypto';

/** A SHA-256 that grows with what it is given, for what is too long to hold. */
export type RunningDigest = {
  readonly add: (part: string | Uint8Array) => void;
  /** Lower-case hex. Nothing may be added afterwards. */
  readonly hex: () => string;
};

/** An empty one. */
export function runningDigest(): RunningDigest {
  const hash = createHash('sha256');
  return { add: (part) => void hash.update(part), hex: () => hash.digest('hex') };
}
