import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import { finding } from '../../report/finding.ts';
import { joinParts } from '../../report/join-parts.ts';
import { renderStatus } from '../../report/render-status.ts';
import type { CampaignStatus, StatusReport } from '../../report/status-report.ts';
import { openSqliteToRead } from '../../store/sqlite/open.ts';
import { version } from '../../version.ts';
import type { Invocation } from '../command.ts';
import type { Ending } from '../exit.ts';
import { endingsOf, hasErrors } from '../findings.ts';
import { interruptible } from '../interruptible.ts';
import { load } from '../load.ts';
import { allOption, showNumbersOption, storeOption } from '../options.ts';
import { observeCampaigns } from '../plan/observe-campaigns.ts';
import { nothingPlanned, troubleEndings } from '../plan/summarize.ts';
import type { Report } from '../report.ts';
import { afterStatus } from '../status/after-status.ts';
import { campaignStatus } from '../status/campaign-status.ts';
import { resolveStore } from '../store.ts';
import type { World } from '../world.ts';

/** Shows how campaigns stand; only reads, and without secrets or network at least what the store knows. */
export async function status(invoked: Invocation, world: World): Promise<Report> {
  const loaded = await load(invoked, world, { secrets: 'optional', base: 'refused' });
  const { diagnostics, texts, campaigns } = loaded;
  const files = campaigns.map(({ path }) => path);
  const path = await resolveStore({ named: invoked.option(storeOption), files }, world);
  const store = hasErrors(diagnostics) ? undefined : await openSqliteToRead(path);
  try {
    return await interruptible(world, async (signal) => {
      const usable = hasErrors(diagnostics) ? [] : campaigns;
      const seen = await observeCampaigns(usable, { access: 'read', store, signal }, world);
      const options = { show: invoked.option(showNumbersOption), all: invoked.option(allOption), world };
      const stands: CampaignStatus[] = [];
      for (const observed of seen) stands.push(await campaignStatus(observed, store, options));
      const report: StatusReport = { tool_version: version, campaigns: stands, diagnostics: diagnostics.map(finding) };
      return {
        endings: [...endingsOf(diagnostics), ...troubleEndings(seen, nothingPlanned), ...stands.flatMap(unsettled)],
        kind: 'status',
        data: report,
        text: (view) =>
          joinParts([
            stands.length === 0 ? '' : renderStatus(report, view),
            renderDiagnostics(diagnostics, texts, view),
          ]),
        next: await afterStatus(report, campaigns, { invoked, world }),
      };
    });
  } finally {
    await store?.close();
  }
}

function unsettled({ progress }: CampaignStatus): readonly Ending[] {
  return progress !== null && progress.unresolved.length > 0 ? ['unsettled'] : [];
}
