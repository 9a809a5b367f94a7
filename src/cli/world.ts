import type { World as Doors } from '../ports.ts';
import type { Reach } from '../input/reach.ts';
import type { Providers } from './providers.ts';

/** What a command works in: the doors to the world, and the providers that its command line lets in. */
export type World = Doors & {
  readonly providers: Providers;
  /** Undefined in a rehearsal, which asks nobody. */
  readonly reach: Reach | undefined;
};
