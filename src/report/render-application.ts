import type { ApplicationReport, ApplicationResult, CampaignApplication } from './application-report.ts';
import { renderGuards, resourceCounts } from './render-plan.ts';
import { indented } from './indented.ts';
import { renderByHand, renderHeading, renderResource } from './render-resource.ts';
import type { View } from './style.ts';
import { padEnd, wrap } from './width.ts';

/** What an apply would do, before anybody approves it: like a plan, without the recipients. */
export function renderBefore(report: ApplicationReport, view: View): string {
  const inner = { ...view, columns: view.columns - 4 };
  const changed = report.campaigns.filter(({ resource }) => resource.action !== 'keep');
  const parts = changed.map((campaign) =>
    [
      ...renderHeading(campaign, view),
      '',
      ...indented(2, renderResource(campaign, inner)),
      ...renderByHand(campaign.by_hand, view),
    ].join('\n'),
  );
  const what =
    changed.length === 0 ? 'nothing, all is as the files say' : resourceCounts(report.summary, view).join(', ');
  const counts = `${view.style.bold('Apply:')} ${what}. Nobody is called.`;
  const last = [...wrap(counts, view.columns), ...renderGuards(report.summary, view)].join('\n');
  return `${[...parts, last].join('\n\n')}\n`;
}

/** What became of it. */
export function renderResults(report: ApplicationReport, view: View): string {
  const tried = report.campaigns.flatMap(({ address, result }) => (result === null ? [] : [{ address, result }]));
  const told = tried.filter(({ result }) => result.kind !== 'kept');
  const width = Math.max(0, ...told.map(({ address }) => address.length));
  const refusal =
    report.refusal === null ? [] : wrap(`Not applied: ${report.refusal}.`, view.columns).map(view.style.red);
  return [...refusal, ...told.flatMap((one) => renderResult(one, width, view))].map((line) => `${line}\n`).join('');
}

const words: Readonly<Record<ApplicationResult['kind'], string>> = {
  created: 'created',
  updated: 'updated',
  adopted: 'adopted',
  replaced: 'replaced',
  kept: 'kept',
  not_persisted: 'not kept by the provider',
  stale: 'stale: nothing was written',
  failed: 'failed',
  not_tried: 'not tried',
};

function renderResult(
  { address, result }: { readonly address: string; readonly result: ApplicationResult },
  width: number,
  { columns, style }: View,
): readonly string[] {
  const isFine = ['created', 'updated', 'adopted', 'replaced'].includes(result.kind);
  const paint = isFine ? style.green : style.red;
  const head = `${padEnd(address, width)}  ${paint(words[result.kind])}${result.id === null ? '' : `  ${result.id}`}`;
  const details = [result.paths.length === 0 ? '' : `fields: ${result.paths.join(', ')}`, result.message ?? ''];
  return [
    head,
    ...details.filter((text) => text !== '').flatMap((text) => wrap(text, columns - 2).map((line) => `  ${line}`)),
  ];
}

/** Whether an apply has anything to ask about. */
export function changesAnything({ resource }: CampaignApplication): boolean {
  return ['create', 'adopt', 'update', 'replace'].includes(resource.action);
}
