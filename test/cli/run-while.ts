/** A run in which something happens while a person is asked whether to call. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from '../../src/cli/main.ts';
import type { Manifest } from '../../src/ledger/manifest.ts';
import { fakeTerminal, type FakeTerminal } from '../support/terminal.ts';
import type { FakeWorld } from '../support/world.ts';
import type { Happening } from './sandboxed.ts';

/** Its exit code; four people may be called. */
export function runWhile(meanwhile: Happening, made: FakeWorld): Promise<number> {
  return main(['run', '.', '--apply'], { ...made, terminal: askedMeanwhile(made, meanwhile) });
}

/** A terminal at which that happens before the answer. */
export function askedMeanwhile(made: FakeWorld, meanwhile: Happening): FakeTerminal {
  return {
    ...fakeTerminal({ answers: [] }),
    ask: async () => {
      await meanwhile(made);
      return '4';
    },
  };
}

/** The wave of the clinic, as its manifest tells it. */
export async function waveIn({ cwd }: FakeWorld): Promise<Manifest['wave']> {
  const text = await readFile(join(cwd, 'runs/clinic-reminders/default/2026-11-24/manifest.json'), 'utf8');
  return (JSON.parse(text) as Manifest).wave;
}
