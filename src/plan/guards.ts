import type { Planned } from '../model/plan.ts';

/** From so many objects on, a large share of them changing has to be acknowledged. */
const fewObjects = 10;

/** The share that may change without being acknowledged. */
const freePercent = 30;

/** More objects would change than may without `--allow-changes N`: exit 5. */
export type ChangeGuard = {
  readonly changing: number;
  /** Objects that exist, or did: all managed ones but those made for the first time. */
  readonly of: number;
  /** As acknowledged. */
  readonly allowed: number | undefined;
};

/** One guard over all campaigns of a plan together; undefined where nothing has to be acknowledged, or enough was. */
export function checkChanges(planned: readonly Planned[], allowed?: number): ChangeGuard | undefined {
  const standings = planned.map(standingOf);
  const changing = standings.filter((standing) => standing === 'changing').length;
  const of = changing + standings.filter((standing) => standing === 'same').length;
  if (of < fewObjects || changing * 100 <= of * freePercent) return undefined;
  return allowed !== undefined && changing <= allowed ? undefined : { changing, of, allowed };
}

/** Objects would be deleted, and `--allow-deletes N` does not say exactly so many: exit 5. */
export type DeleteGuard = { readonly deleting: number; readonly allowed: number | undefined };

/** One guard over all campaigns of a plan together; undefined where nothing is deleted, or just as many as were allowed. */
export function checkDeletes(planned: readonly Planned[], allowed?: number): DeleteGuard | undefined {
  const deleting = planned.filter(
    (one) => one.kind === 'action' && one.action.kind === 'replace' && one.action.lettingGo.how === 'delete',
  ).length;
  return deleting === 0 || deleting === allowed ? undefined : { deleting, allowed };
}

function standingOf(planned: Planned): 'same' | 'changing' | 'new' {
  if (planned.kind === 'conflict') return 'new';
  const { action } = planned;
  switch (action.kind) {
    case 'keep':
      return action.why === 'unmanaged' ? 'new' : 'same';
    case 'create':
      // Many bound objects gone at once looks like the wrong account.
      return action.missing === undefined ? 'new' : 'changing';
    case 'update':
    case 'adopt':
    case 'replace':
      return 'changing';
  }
}
