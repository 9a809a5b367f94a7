import type { Attempt } from '../../src/model/attempt.ts';
import type { Binding, CreateIntent } from '../../src/store/contract/binding.ts';
import { emptyTally } from '../../src/model/tally.ts';
import { LeaseLost } from '../../src/store/contract/failure.ts';
import type { E164 } from '../../src/model/recipient.ts';
import type { ApplyDeps } from '../../src/apply/work.ts';

/** What the store remembers of resources, and nothing else. Writes under another fence than 1 lose the lease. */
export type MemoryStore = ApplyDeps['store'] & {
  readonly bindings: Map<string, Binding>;
  readonly intents: Map<string, CreateIntent>;
  readonly files: Map<string, string>;
  /** Open calls: what they were sent to. */
  readonly open: Pick<Attempt, 'resourceId' | 'account'>[];
  /** Writes so far, as `verb address`. */
  readonly writes: string[];
};

export function memoryStore(): MemoryStore {
  const bindings = new Map<string, Binding>();
  const intents = new Map<string, CreateIntent>();
  const files = new Map<string, string>();
  const open: MemoryStore['open'] = [];
  const writes: string[] = [];

  function write(verb: string, address: string, fence: number): void {
    if (fence !== 1) throw new LeaseLost(address);
    writes.push(`${verb} ${address}`);
  }

  return {
    bindings,
    intents,
    files,
    open,
    writes,
    id: '5707e001',
    addresses: () => Promise.resolve(['survey/default']),
    waveStates: () =>
      Promise.resolve([{ wave: 'w1', state: { waveId: 1, openedMs: 0, tally: emptyTally, echo: false } }]),
    openAttempts: () => Promise.resolve(open.map(attemptOf)),
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

function attemptOf({ resourceId, account }: MemoryStore['open'][number]): Attempt {
  return {
    id: 1,
    recipientId: 1,
    key: 'A-1',
    phone: '+2348012345678' as E164,
    n: 1,
    version: 1,
    reference: 'cp1.E.R.1',
    dispatch: 'd-1',
    resourceId,
    account,
    intentMs: 0,
    state: { kind: 'accepted', handle: { callId: 'c-1' }, sinceMs: 0 },
    polls: 0,
    earlier: [],
  };
}
