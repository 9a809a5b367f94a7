import type { WireRequest } from '../../src/ports.ts';
import { wave } from './campaign-file.ts';
import { checkIntent, checkPhones } from './check-intent.ts';
import { checkPace } from './check-pace.ts';
import type { Process } from './process.ts';
import { referencesIn, scheduledIn, waveTag } from './truth.ts';
import type { Witness } from './witness.ts';

/** The headers of a request leave a process: one that places calls must be allowed to, and no number may be free that is being called. */
export function checkRequest(witness: Witness, process: Process, { body = '' }: WireRequest): void {
  checkPhones(witness);
  const references = referencesIn(body);
  const run = witness.runOf(process);
  if (references.length === 0 || run === undefined) return;
  for (const [reference, atMs] of scheduledIn(body)) witness.scheduledMs.set(reference, atMs);
  const { name } = run.plan;
  const of = { address: `${name}/default`, wave: witness.ledger.attempt(references[0] ?? '')?.wave ?? wave };
  witness.waves.set(waveTag(name, of.wave), { campaign: name, wave: of.wave });
  if (witness.ledger.holder(of.address) !== process.pid) {
    witness.broken('only the holder of the lease sends', `process ${String(process.pid)} for ${of.address}`);
  }
  for (const reference of references) checkIntent(witness, run, reference);
  checkPace(witness, run, of);
}
