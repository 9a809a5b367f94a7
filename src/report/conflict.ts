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
        help: 'take the change back, or name another object',
      };
  }
}
