import { resolve } from 'node:path';
import { resultTable, type ResultTable } from '../../ledger/result-table.ts';
import { type Campaign } from '../../model/campaign.ts';
import { csvLine } from '../../model/csv-line.ts';
import type { Counts, ResultWithInputs } from '../../model/wave.ts';
import { renderDiagnostics } from '../../report/render-diagnostics.ts';
import { finding } from '../../report/finding.ts';
import { joinParts } from '../../report/join-parts.ts';
import { renderResults } from '../../report/render-results.ts';
import type { ResultsReport } from '../../report/results-report.ts';
import { version } from '../../version.ts';
import type { Invocation } from '../command.ts';
import { interruptible } from '../interruptible.ts';
import { load, refusal } from '../load.ts';
import { followed, type Follow } from '../next-command.ts';
import { onlyCampaign } from '../only-campaign.ts';
import { formatOption, storeOption } from '../options.ts';
import { readWave } from '../read-wave.ts';
import type { RawReport, Report } from '../report.ts';
import { outOption, transcriptsOption } from '../results/options.ts';
import { openTranscripts, type Transcripts } from '../results/transcripts.ts';
import { callMissed, isOver } from '../run/go-on.ts';
import { shownPath } from '../shown-path.ts';
import { isoTime } from '../iso-time.ts';
import { UsageError } from '../usage-error.ts';
import { waveHead } from '../wave-head.ts';
import type { World } from '../world.ts';
import { zoneOf } from '../zone-of.ts';

/** Characters that are written in one go. */
const chunkLength = 65_536;

/** Writes a wave's recipients and what became of them as a table. */
export async function results(invoked: Invocation, world: World): Promise<Report | RawReport> {
  const out = invoked.option(outOption);
  if (out === undefined || out === '') throw new UsageError('results needs --out FILE, or --out - for standard output');
  if (out === '-' && invoked.option(formatOption) === 'json') {
    throw new UsageError('--out - prints the table where --format json prints what was written', 'Name a file');
  }
  const isTold = invoked.option(transcriptsOption);
  const loaded = await load(invoked, world, { secrets: isTold ? 'needed' : 'optional', base: 'refused' });
  const refused = refusal(isTold ? loaded : { ...loaded, missingSecrets: [] }, 'findings', {});
  if (refused !== undefined) return refused;
  const { diagnostics, texts, campaigns } = loaded;
  const campaign = onlyCampaign('results', campaigns);
  const path = resolve(world.cwd, out);
  if (out !== '-') refuseInputs(campaign, path);
  const follow = followed(invoked);
  const options = { storeNamed: invoked.option(storeOption), follow };
  return interruptible(world, (signal) =>
    readWave(campaign, options, world, async (store, { waveId }) => {
      const transcripts = isTold ? await openTranscripts(campaign, world, signal) : undefined;
      const zone = zoneOf(campaign);
      const table = resultTable(await store.columns(waveId), {
        transcripts: isTold,
        isoTime: (ms) => isoTime(ms, zone),
      });
      const lines = tableLines(table, store.resultsWithInputs(waveId), transcripts);
      if (out === '-') {
        for await (const chunk of lines) world.terminal.out(chunk);
        return { endings: ['done'], raw: '', next: [follow('status')] };
      }
      await world.files.writeAtomically(path, lines, 0o600);
      const report: ResultsReport = {
        tool_version: version,
        ...waveHead(campaign),
        out: shownPath(path, world.cwd),
        counts: await store.counts(waveId),
        columns: table.columns,
        renamed: table.renamed,
        diagnostics: diagnostics.map(finding),
      };
      return {
        endings: ['done'],
        kind: 'results',
        data: report,
        text: (view) => joinParts([renderResults(report, view), renderDiagnostics(diagnostics, texts, view)]),
        next: await nextOf(campaign, report.counts, { ...world, follow }),
      };
    }),
  );
}

/** Those who were not reached are what is left to do. */
async function nextOf(
  campaign: Campaign,
  counts: Counts,
  here: Pick<World, 'files' | 'cwd'> & { readonly follow: Follow },
): Promise<readonly string[]> {
  const again = isOver(counts) ? await callMissed(campaign, counts, here) : [];
  return again.length > 0 ? again : [here.follow('status')];
}

/** A table must not take the place of what it was made from. @throws UsageError */
function refuseInputs({ path, recipients }: Campaign, out: string): void {
  const sources = [...recipients.sources, ...recipients.suppress].flatMap((source) =>
    'path' in source ? [source.path] : [],
  );
  if ([path, ...sources].includes(out)) {
    throw new UsageError('--out names a file that the campaign reads', 'Name another file');
  }
}

async function* tableLines(
  table: ResultTable,
  pages: AsyncIterable<readonly ResultWithInputs[]>,
  transcripts: Transcripts | undefined,
): AsyncGenerator<string> {
  let chunk = csvLine(table.columns);
  for await (const page of pages) {
    for (const row of page) {
      chunk += csvLine(table.cells(row, await transcripts?.(row)));
      if (chunk.length < chunkLength) continue;
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
}
