import { command } from './command.ts';
import type { Stage } from './stage.ts';

/** A person who saw at the provider what became of each says so. False: there is nobody to say anything of. */
export async function settle(stage: Stage, campaign: number): Promise<boolean> {
  const { world, ledger, witness } = stage;
  if (!world.resolves) return false;
  const unresolved = ledger.unresolved(stage.of(campaign));
  const called = unresolved.filter(({ reference }) => witness.dials.some((dial) => dial.reference === reference));
  const notCalled = unresolved.filter((one) => !called.includes(one));
  for (const [some, as] of [[called, 'called'] as const, [notCalled, 'not-called'] as const]) {
    const keys = some.flatMap(({ key }) => key ?? []);
    if (keys.length > 0) await command(stage, 'resolve', { campaign, more: [...keys, '--as', as] });
  }
  const left = ledger.unresolved(stage.of(campaign)).map(({ reference }) => reference);
  const ignored = unresolved.filter(({ key, reference }) => key !== null && left.includes(reference));
  for (const { reference } of ignored) witness.broken('what a person settles is settled', reference);
  return unresolved.some(({ key }) => key !== null);
}
