import type { Random } from '../ports.ts';

/** Randomness that repeats: equal seeds give equal sequences. Not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const nextWord = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    return mixed(state);
  };
  return {
    next: () => nextWord() / 2 ** 32,
    hex: (bytes) => {
      let text = '';
      while (text.length < 2 * bytes) text += nextWord().toString(16).padStart(8, '0');
      return text.slice(0, 2 * bytes);
    },
  };
}

/** A seed for everything that a text names: FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mixed(word: number): number {
  let bits = Math.imul(word ^ (word >>> 15), word | 1);
  bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
  return (bits ^ (bits >>> 14)) >>> 0;
}
