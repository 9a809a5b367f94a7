import type { Loaded } from '../../input/load-campaign.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Invocation } from '../command.ts';
import { findingsReport } from '../findings-report.ts';
import { together } from '../findings.ts';
import { nextCommand } from '../next-command.ts';
import type { Report } from '../report.ts';
import { textsFor } from '../texts.ts';
import type { World } from '../world.ts';

/** What was wrong with the list of recipients, or with it and the files together: nobody is called. */
export async function listReport(
  found: { readonly diagnostics: readonly Diagnostic[] },
  loaded: Pick<Loaded, 'diagnostics' | 'texts'>,
  invoked: Invocation,
  world: World,
): Promise<Report> {
  const diagnostics = together(loaded.diagnostics, found.diagnostics);
  const isInvalid = diagnostics.some(({ code }) => code === 'RECIPIENTS_INVALID');
  return findingsReport(diagnostics, await textsFor(diagnostics, loaded.texts, world), {
    next: [nextCommand('validate', invoked, invoked.args, isInvalid ? ['--rejects', 'rejects.csv'] : [])],
  });
}
