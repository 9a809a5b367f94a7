import { countOf } from '../model/count-of.ts';
import type { Conflict } from '../model/plan.ts';

/** Why an address cannot be planned, and what a person can do about it. */
export function sayConflict({ address, reason }: Conflict): { readonly message: string; readonly help: string } {
  switch (reason.kind) {
    case 'other_address':
      return {
        message: `${reason.id} carries the mark of ${reason.mark}, not of ${address}`,
        help: `name another id, or take the object out of ${reason.mark} first`,
      };
    case 'other_id':
      return {
        message: `${address} is bound to ${reason.bound}, but this means ${reason.id}`,
        help: 'see which of the two is the right one; take the mark off the other, or name the right id in the file',
      };
    case 'two_objects':
      return {
        message: `these objects carry the mark of ${address}: ${reason.ids.join(', ')}`,
        help: 'see which one is the right one, and take the mark off the others',
      };
    case 'not_found':
      return {
        message: `there is no object ${reason.id}`,
        help: 'check the id and the account that the api_key is of',
      };
    case 'cannot_create':
      return {
        message: `it cannot be created: ${reason.why}`,
        help: 'make it there by hand and name its id in the file',
      };
    case 'fixed_fields':
      return {
        message: `${reason.id} differs in fields that cannot be updated: ${reason.paths.join(', ')}`,
        help: fixedHelp[reason.why],
      };
    case 'in_use':
      return sayInUse(reason);
  }
}

const fixedHelp = {
  named:
    'an object that the file names by its id is never replaced: take the change back, name another id, or leave the id out',
  unmarked: 'an object without room for a mark is not replaced: take the change back, or name another object by its id',
  cannot_create: 'the provider cannot make another one: take the change back, or name another object by its id',
} as const;

function sayInUse(reason: Conflict['reason'] & { readonly kind: 'in_use' }): {
  readonly message: string;
  readonly help: string;
} {
  const { id, paths } = reason;
  const forced = `${id} would be replaced, as ${paths.join(', ')} cannot be updated`;
  if (reason.why === 'other_store') {
    return {
      message: `${forced}, but another store (${reason.store}) ran it, and this one does not know of calls that are under way`,
      help: 'apply with that store; if it is lost, take the change back and run once with --take-over, which looks its calls up',
    };
  }
  const calls = countOf(reason.calls, 'call to it is open', 'calls to it are open');
  return {
    message: `${forced}, but ${calls} and looked up there`,
    help: 'take the change back, run the wave until no call is open (--no-wait ends there), then change it again',
  };
}
