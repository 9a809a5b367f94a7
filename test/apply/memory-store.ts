import type { Binding, CreateIntent } from '../../src/store/contract.ts';
import { LeaseLost } from '../../src/store/contract.ts';
import type { ApplyDeps } from '../../src/apply/work.ts';

/** What the store remembers of resources, and nothing else. Writes under another fence than 1 lose the lease. */
export type MemoryStore = ApplyDeps['store'] & {
  readonly bindings: Map<string, Binding>;
  readonly intents: Map<string, CreateIntent>;
  readonly files: Map<string, string>;
  /** Writes so far, as `verb address`. */
  readonly writes: string[];
};

export function memoryStore(): MemoryStore {
  const bindings = new Map<string, Binding>();
  const intents = new Map<string, CreateIntent>();
  const files = new Map<string, string>();
  const writes: string[] = [];

  function write(verb: string, address: string, fence: number): void {
    if (fence !== 1) throw new LeaseLost(address);
    writes.push(`${verb} ${address}`);
  }

  return {
    bindings,
    intents,
    files,
    writes,
    binding: (address) => Promise.resolve(bindings.get(address)),
    createIntent: (address) => Promise.resolve(intents.get(address)),
    intendCreate: async (intent, fence) => {
      write('intend', intent.address, fence);
      intents.set(intent.address, intent);
    },
    bind: async (binding, file, fence) => {
      write('bind', binding.address, fence);
      bindings.set(binding.address, binding);
      files.set(file, binding.address);
      intents.delete(binding.address);
    },
    forgetCreateIntent: async (address, fence) => {
      write('forget', address, fence);
      intents.delete(address);
    },
  };
}
