import type { Signals } from '../ports.ts';

const names = ['SIGINT', 'SIGTERM'] as const;

/** Interruptions of this process. While nobody listens, a signal ends the process as usual. */
export const systemSignals: Signals = {
  onInterrupt: (listener) => {
    const handlers = names.map((name) => ({ name, handle: () => listener(name) }));
    for (const { name, handle } of handlers) process.on(name, handle);
    return () => {
      for (const { name, handle } of handlers) process.off(name, handle);
    };
  },
};
