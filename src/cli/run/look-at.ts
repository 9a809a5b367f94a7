import { printAddress } from '../../model/campaign.ts';
import { checkDeletes } from '../../plan/guards.ts';
import { sayConflict } from '../../report/say-conflict.ts';
import { remoteFailure } from '../failure.ts';
import { Halt } from '../halt.ts';
import { formerNames } from '../plan/make-plan.ts';
import { observeCampaigns } from '../plan/observe-campaigns.ts';
import type { RunRequest, RunSession, Seen } from './run-request.ts';
import { spoken } from '../../report/spoken.ts';

/** What is looked at, and whether it may be changed first. */
export type Looking = Pick<RunRequest, 'campaign' | 'store' | 'follow' | 'apply' | 'allowDeletes'> & {
  /** The command cannot apply: it is not said that it could. */
  readonly isTest?: true;
};

/** What is live. @throws Halt where nothing can be seen, and where it differs and is not to be applied */
export async function lookAt(
  request: Looking,
  {
    world,
    voice,
    signals,
    recorded,
  }: Pick<RunSession, 'world' | 'signals' | 'recorded'> & { readonly voice: Pick<RunSession['voice'], 'say'> },
): Promise<Seen> {
  const { campaign, store, follow } = request;
  const formerly = formerNames(new Map([[printAddress(campaign.address), recorded]]));
  const options = { access: 'write', store, formerly, signal: signals.drain, say: voice.say } as const;
  const [observed] = await observeCampaigns([campaign], options, world);
  if (observed === undefined || observed.kind === 'unreachable') {
    const failure = observed === undefined ? undefined : remoteFailure(observed.error);
    throw new Halt(
      failure?.ending ?? 'environment',
      `${failure?.message ?? 'nothing was seen'}; nobody was called`,
      failure?.next ?? [],
    );
  }
  if (observed.planned.kind === 'conflict') {
    const { message, help } = sayConflict(observed.planned.conflict);
    throw new Halt('conflict', `${message}; nobody was called`, [help]);
  }
  if (observed.planned.action.kind === 'keep') return observed;
  if (request.apply) return unlessDeleting(observed, request);
  throw new Halt(
    'conflict',
    `the ${spoken(campaign.resource.noun)} of ${printAddress(campaign.address)} is not as the file says; nobody was called`,
    [follow('plan'), follow('apply'), ...(request.isTest ? [] : ['or add --apply, to apply and run in one go'])],
  );
}

function unlessDeleting(observed: Seen, { allowDeletes, campaign, follow }: Looking): Seen {
  const guard = checkDeletes([observed.planned], allowDeletes);
  if (guard === undefined) return observed;
  const { noun } = campaign.resource;
  throw new Halt(
    'refused',
    `applying would delete the ${spoken(noun)} of ${printAddress(campaign.address)}; nobody was called`,
    [follow('plan'), follow('run', ['--allow-deletes', String(guard.deleting)])],
  );
}
