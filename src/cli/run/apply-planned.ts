import { applyActions } from '../../apply/apply-actions.ts';
import type { Applied } from '../../apply/applied.ts';
import type { Live } from '../../model/plan.ts';
import { duration } from '../../report/quantity.ts';
import { changedField } from '../../run/changed-field.ts';
import { Halt } from '../halt.ts';
import type { RunRequest, RunSession, Seen } from './run-request.ts';

/** Applies what the look planned; the id of the resource. @throws Halt where it is not as the file says afterwards */
export async function applyPlanned(
  request: RunRequest & { readonly file: string },
  observed: Seen,
  { world, voice, signals, lease }: RunSession,
): Promise<string> {
  if (observed.planned.kind !== 'action') throw new Halt('conflict', 'nothing is planned');
  const { action } = observed.planned;
  const work = [{ target: observed.target, action, fence: lease.fence, file: request.file }];
  const [applied] = await applyActions(work, {
    store: request.store,
    clock: world.clock,
    signal: signals.drain,
    waiting: (ms) => voice.say(`waiting ${duration(ms)} for the provider's listing to settle`),
  });
  if (applied !== undefined && 'id' in applied && applied.kind !== 'not_persisted') return applied.id;
  const why = applied === undefined ? 'nothing was applied' : appliedWords(applied);
  const ending = applied?.kind === 'stale' ? 'conflict' : 'unsettled';
  const isRefused = applied?.kind === 'failed' && applied.error === 'unauthorized';
  throw new Halt(isRefused ? 'environment' : ending, `${why}; nobody was called`, [request.follow('plan')]);
}

/** What is kept was not read again until it was claimed: a person may have been asked for long. @throws Halt where it changed */
export function checkKept({ campaign, follow }: RunRequest, { planned, live: shown }: Seen, live: Live): void {
  if (planned.kind !== 'action' || planned.action.kind !== 'keep' || shown === undefined) return;
  if (changedField(campaign.resource.fields ?? {}, shown.fields, live.fields) === undefined) return;
  throw new Halt('conflict', `${changedWords}; nobody was called`, [follow('plan')]);
}

const changedWords = 'the resource changed while this run looked at it';

function appliedWords(applied: Applied): string {
  switch (applied.kind) {
    case 'failed':
      return applied.message;
    case 'stale':
      return changedWords;
    case 'not_persisted':
      return `the provider did not keep ${applied.paths.join(', ')}`;
    case 'not_tried':
      return 'the resource was not applied';
    case 'created':
    case 'updated':
    case 'adopted':
    case 'replaced':
    case 'kept':
      return 'the resource was applied';
  }
}
