import type { Interruption, Signals } from '../ports.ts';

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Signals, and what the streams have to tell to whoever listens for them. */
export type SystemSignals = Signals & {
  /** What is printed cannot be written any more; false where nobody listens. */
  readonly tellUnheard: () => boolean;
};

/** Interruptions of this process. While nobody listens, a signal ends the process as usual. */
export function systemSignals(): SystemSignals {
  const listeners = new Set<(how: Interruption) => void>();
  return {
    onInterrupt: (listener) => {
      const handlers = names.map((name) => ({ name, handle: () => listener(name) }));
      listeners.add(listener);
      for (const { name, handle } of handlers) process.on(name, handle);
      return () => {
        listeners.delete(listener);
        for (const { name, handle } of handlers) process.off(name, handle);
      };
    },
    tellUnheard: () => {
      const told = [...listeners];
      for (const listener of told) listener('unheard');
      return told.length > 0;
    },
  };
}
