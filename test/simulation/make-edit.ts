import { command } from './command.ts';
import { edited } from './edited.ts';
import type { Edit } from './episode.ts';
import { settle } from './settle.ts';
import type { Stage } from './stage.ts';
import { testCall } from './test-call.ts';
import { isBlindOnce, knowsAll } from './vouch.ts';
import { people } from './world.ts';

/** A person does something to files, to the store, or by a command. */
export async function makeEdit(stage: Stage, edit: Edit): Promise<void> {
  const { store, witness, plans } = stage;
  switch (edit.kind) {
    case 'resume':
      await command(stage, 'resume', edit);
      return;
    case 'resolve':
      await settle(stage, edit.campaign);
      return;
    case 'cancel': {
      const more = ['--approve', '99', ...(edit.follows ? [] : ['--no-wait'])];
      await command(stage, 'cancel', { ...edit, more });
      return;
    }
    case 'opt_out':
      await command(stage, 'suppress', { campaign: 0, more: ['add', people[edit.person] ?? ''] });
      witness.forbidden.optedOut(people[edit.person] ?? '');
      return;
    case 'opt_in':
      if (!store.exists) return;
      witness.forbidden.optedIn(people[edit.person] ?? '');
      await command(stage, 'suppress', { campaign: 0, more: ['remove', people[edit.person] ?? ''] });
      return;
    case 'copy':
      witness.forbidden.storeCopied();
      store.hasCopy = store.copy() && (stage.world.provider.faults['no-echo'] !== true || knowsAll(stage));
      return;
    case 'restore':
      if (!store.hasCopy) return;
      store.restore();
      witness.storeForgot('something');
      return;
    case 'lose':
      stage.tally();
      store.lose(stage.clock.now());
      witness.storeForgot('everything');
      return;
    case 'spoil':
      stage.spoil(edit);
      return;
    case 'mend':
      stage.mend(edit.campaign);
      return;
    case 'call':
      await testCall(stage, edit);
      return;
    case 'rules':
    case 'add':
    case 'drop':
    case 'suppress':
    case 'renumber':
    case 'pace': {
      const plan = plans[edit.campaign];
      // A call that no reference tells is known by its number.
      if (edit.kind === 'renumber' && isBlindOnce(stage)) return;
      if (plan !== undefined) stage.write(edit.campaign, edited(plan, edit));
    }
  }
}
