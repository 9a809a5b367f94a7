import { printAddress } from '../../model/campaign.ts';
import type { E164 } from '../../model/recipient.ts';
import { parsePhone } from '../../recipients/phone.ts';
import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import { finding } from '../../report/finding.ts';
import { joinParts } from '../../report/join-parts.ts';
import { renderBeforeTestCall, renderTestCall, type BeforeTestCall } from '../../report/render-test-call.ts';
import type { TestCallReport } from '../../report/test-call-report.ts';
import { openSqlite } from '../../store/sqlite/open.ts';
import { version } from '../../version.ts';
import { asIdOption, approvedOption, outsideWindowsOption, toOption } from '../call/options.ts';
import { placeTestCall, type PlacedTestCall } from '../call/place-test-call.ts';
import type { Invocation } from '../command.ts';
import type { Ending } from '../exit.ts';
import { Halt } from '../halt.ts';
import { historyOf } from '../history/history-of.ts';
import { load, refusal } from '../load.ts';
import { followed } from '../next-command.ts';
import { onlyCampaign } from '../only-campaign.ts';
import { showNumbersOption, storeOption } from '../options.ts';
import { accountOf } from '../account-of.ts';
import type { Report } from '../report.ts';
import { endingOf } from '../run/ending.ts';
import { Findings } from '../run/findings-error.ts';
import { listReport } from '../run/list-report.ts';
import { runVoice } from '../run/voice.ts';
import { saysYes } from '../says-yes.ts';
import { screenOf } from '../screen.ts';
import { resolveStore } from '../store.ts';
import { UsageError } from '../usage-error.ts';
import type { World } from '../world.ts';
import { zoneOf } from '../zone-of.ts';

/** Makes one real call to a number of one's own; it belongs to no wave. */
export async function call(invoked: Invocation, world: World): Promise<Report> {
  const { option } = invoked;
  const to = numberOf(option(toOption));
  const loaded = await load(invoked, world, { secrets: 'needed', base: 'refused' });
  const refused = refusal(loaded, 'findings', {});
  if (refused !== undefined) return refused;
  const { diagnostics, texts } = loaded;
  const campaign = onlyCampaign('call', loaded.campaigns);
  const { account } = accountOf(campaign, world);
  const path = await resolveStore(
    { named: option(storeOption), files: [campaign.path], calls: account.origins },
    world,
  );
  const store = await openSqlite(path, { ...world, create: true });
  const { say, news, close } = runVoice(world);
  const follow = followed(invoked);
  const show = option(showNumbersOption);
  const approve = (before: BeforeTestCall, signal: AbortSignal): Promise<void> => ask(before, invoked, world, signal);
  try {
    const request = { campaign, store, to, as: option(asIdOption), show, follow, approve, say, news };
    const placed = await placeTestCall(request, world);
    const told = { campaign, zone: zoneOf(campaign), nowMs: world.clock.now(), show };
    const report: TestCallReport = {
      tool_version: version,
      address: printAddress(campaign.address),
      file: campaign.file,
      call: historyOf(placed.history, told),
      diagnostics: diagnostics.map(finding),
    };
    return {
      endings: endingsOf(placed),
      kind: 'test_call',
      data: report,
      text: (view) => joinParts([renderTestCall(report, view), renderDiagnostics(diagnostics, texts, view)]),
      next: [follow('plan')],
    };
  } catch (error) {
    if (error instanceof Findings) return await listReport(error, loaded, invoked, world);
    throw error;
  } finally {
    close();
    await store.close();
  }
}

function numberOf(written: string | undefined): E164 {
  if (written === undefined) throw new UsageError('call needs --to NUMBER, the number to call: your own');
  const parsed = parsePhone(written, undefined);
  if (parsed.kind === 'phone' && parsed.isPremium === undefined) return parsed.phone;
  throw new UsageError('--to takes a phone number with its country code, such as +2348031234567');
}

/** A person says yes; the row, the text and the windows are told before. @throws Halt */
async function ask(before: BeforeTestCall, invoked: Invocation, world: World, signal: AbortSignal): Promise<void> {
  const { option } = invoked;
  world.terminal.err(`${renderBeforeTestCall(before, screenOf('stderr', world))}\n`);
  const isOpen = before.closed === undefined || option(outsideWindowsOption);
  if (option(approvedOption) && isOpen) return;
  if (!world.terminal.canAsk) {
    const flags = [...(option(approvedOption) ? [] : ['--auto-approve']), ...(isOpen ? [] : ['--outside-windows'])];
    throw new Halt('refused', 'there is no terminal to ask in; nobody was called', [
      `run it in a terminal, or add ${flags.join(' ')}`,
    ]);
  }
  const answer = await world.terminal.ask('Type yes to call it, anything else to call nobody: ', signal);
  if (saysYes(answer)) return;
  if (signal.aborted) throw new Halt('interrupted', 'interrupted before the call; nobody was called');
  throw new Halt('refused', 'not approved; nobody was called', [followed(invoked)('preview')]);
}

function endingsOf({ ended, history }: PlacedTestCall): readonly Ending[] {
  const { ending } = endingOf(ended);
  if (history.standing.kind === 'unresolved') return [ending, 'unsettled'];
  // The list was taken away again from whoever could not be called.
  return history.standing.kind === 'skipped' && ending === 'done' ? ['refused'] : [ending];
}
