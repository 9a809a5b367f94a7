import type { World } from '../../ports.ts';
import type { ApplicationReport } from '../../report/application-report.ts';
import { countOf } from '../../report/quantity.ts';
import { renderBefore } from '../../report/render-application.ts';
import type { Invocation } from '../command.ts';
import { nextCommand } from '../next-command.ts';
import { autoApproveOption, formatOption } from '../options.ts';
import { saysYes } from '../says-yes.ts';
import { screenOf } from '../screen.ts';

export type ChangeApproval =
  | { readonly kind: 'approved' }
  | { readonly kind: 'refused'; readonly why: string; readonly next: readonly string[] };

/** A person says yes; without a terminal `--auto-approve` does. */
export async function approveChanges(
  before: ApplicationReport,
  invoked: Invocation,
  { world, signal }: { readonly world: World; readonly signal: AbortSignal },
): Promise<ChangeApproval> {
  if (invoked.option(autoApproveOption)) return { kind: 'approved' };
  if (!world.terminal.canAsk) {
    const why = 'there is no terminal to ask in, and --auto-approve was not given';
    return { kind: 'refused', why, next: [nextCommand('apply', invoked, invoked.args, ['--auto-approve'])] };
  }
  const isShown = world.terminal.stdout.isTTY && invoked.option(formatOption) === 'text';
  if (!isShown) world.terminal.err(renderBefore(before, screenOf('stderr', world)));
  const { create, adopt, update, replace } = before.summary;
  const question = `\nType yes to change ${countOf(create + adopt + update + replace, 'object')}, anything else to change nothing: `;
  const answer = await world.terminal.ask(question, signal);
  if (saysYes(answer)) return { kind: 'approved' };
  return { kind: 'refused', why: 'it was not approved', next: [nextCommand('plan', invoked)] };
}
