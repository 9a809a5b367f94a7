import { printAddress, type Campaign } from '../../model/campaign.ts';
import { finding } from '../../report/finding.ts';
import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import { renderHistory } from '../../report/render-history.ts';
import type { HistoryReport } from '../../report/history-report.ts';
import { maskOptOuts } from '../../report/mask-opt-outs.ts';
import { joinParts } from '../../report/join-parts.ts';
import { parsePhone } from '../../recipients/phone.ts';
import { openSqliteToRead } from '../../store/sqlite/open.ts';
import { version } from '../../version.ts';
import type { Invocation } from '../command.ts';
import { findingsReport } from '../findings-report.ts';
import { hasErrors } from '../findings.ts';
import { Halt } from '../halt.ts';
import { historyOf } from '../history/history-of.ts';
import { load } from '../load.ts';
import { followed } from '../next-command.ts';
import { onlyCampaign } from '../only-campaign.ts';
import { showNumbersOption, storeOption, waveOption } from '../options.ts';
import type { Report } from '../report.ts';
import { resolveStore } from '../store.ts';
import { listedOptOut } from '../suppress/listed-opt-out.ts';
import type { World } from '../world.ts';
import { zoneOf } from '../zone-of.ts';

/** Shows everything that happened to one person, by id or number, in all waves or in the one that is named. */
export async function history(invoked: Invocation, world: World): Promise<Report> {
  const [file = '', who = ''] = invoked.args;
  const named = { ...invoked, args: [file] };
  const { diagnostics, texts, campaigns } = await load(named, world, { secrets: 'optional', base: 'refused' });
  if (hasErrors(diagnostics)) return findingsReport(diagnostics, texts);
  const campaign = onlyCampaign('history', campaigns);
  const follow = followed(invoked);
  const path = await resolveStore({ named: invoked.option(storeOption), files: [campaign.path] }, world);
  const store = (await world.files.info(path)) === undefined ? undefined : await openSqliteToRead(path);
  try {
    const address = printAddress(campaign.address);
    const wave = invoked.option(waveOption);
    const all = (await store?.history(address, wanted(who, campaign))) ?? [];
    const found = wave === undefined ? all : all.filter((one) => one.wave === wave);
    if (found.length === 0) {
      const where = wave === undefined ? 'in a wave' : `in wave ${wave}`;
      throw new Halt('invalid', `nobody with this id or number is ${where} of ${address} in this store`, [
        'write the id as the rows have it, or the number with its country code',
        follow('status'),
      ]);
    }
    const show = invoked.option(showNumbersOption);
    const told = { campaign, zone: zoneOf(campaign), nowMs: world.clock.now(), show };
    const phones = found.map(({ phone }) => phone);
    const optOuts = ((await store?.optOuts()) ?? []).filter(({ phone }) => phones.includes(phone)).map(listedOptOut);
    const report: HistoryReport = {
      tool_version: version,
      address,
      file: campaign.file,
      recipients: found.map((one) => historyOf(one, told)),
      opt_outs: show ? optOuts : maskOptOuts(optOuts),
      diagnostics: diagnostics.map(finding),
    };
    return {
      endings: ['done'],
      kind: 'history',
      data: report,
      text: (view) => joinParts([renderHistory(report, view), renderDiagnostics(diagnostics, texts, view)]),
      next: [follow('status')],
    };
  } finally {
    await store?.close();
  }
}

/** What looks like a number is taken for an id as well. */
function wanted(who: string, { recipients }: Campaign): { readonly key: string; readonly phone?: string } {
  const written = recipients.country?.source;
  const parsed = parsePhone(who, written?.includes('{{') ? undefined : written);
  return parsed.kind === 'phone' ? { key: who, phone: parsed.phone } : { key: who };
}
