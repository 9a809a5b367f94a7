import { createHash } from 'node:crypto';

/** A SHA-256 that grows with what it is given, for what is too long to hold. */
export type RunningDigest = {
  readonly add: (part: string | Uint8Array) => void;
  /** Lower-case hex. Nothing may be added afterwards. */
  readonly hex: () => string;
};

/** Texts are gathered to so many characters: to hash a short one takes mostly the way into the hash and back. */
const gathered = 65_536;

/** An empty one. */
export function runningDigest(): RunningDigest {
  const hash = createHash('sha256');
  let texts = '';
  const flush = (): void => {
    hash.update(texts);
    texts = '';
  };
  return {
    add: (part) => {
      if (typeof part !== 'string') {
        flush();
        hash.update(part);
        return;
      }
      texts += part;
      if (texts.length >= gathered) flush();
    },
    hex: () => {
      flush();
      return hash.digest('hex');
    },
  };
}
