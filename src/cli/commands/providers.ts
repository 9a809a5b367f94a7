import { nearest } from '../../model/nearest.ts';
import { findProvider, providerNames } from '../../providers/registry.ts';
import type { ProviderReport, ProvidersReport } from '../../report/providers-report.ts';
import { renderProviders } from '../../report/render-providers.ts';
import { version } from '../../version.ts';
import type { Invocation } from '../command.ts';
import { describeProvider } from '../describe-provider.ts';
import { nextCommand } from '../next-command.ts';
import { soundProviders } from '../sound-providers.ts';
import type { Report } from '../report.ts';
import { UsageError } from '../usage-error.ts';
import type { World } from '../world.ts';

/** Prints what providers can do; of one alone also how its answers are read. */
export async function providers(invoked: Invocation, world: World): Promise<Report> {
  const [name] = invoked.args;
  const all = describedProviders(world);
  const shown = name === undefined ? all : all.filter((provider) => provider.name === name);
  if (shown.length === 0) throw unknownProvider(name ?? '', all);
  const report: ProvidersReport = { tool_version: version, providers: shown };
  return {
    endings: ['done'],
    kind: 'providers',
    data: report,
    text: (view) => renderProviders(report, name !== undefined, view),
    next: [name === undefined ? more : nextCommand('schema', invoked, [name])],
  };
}

const more = 'callplan providers NAME says how the answers of one are read';

function describedProviders({ providers: given }: World): readonly ProviderReport[] {
  const own = soundProviders(given).map(({ provider, blocks }) => describeProvider(provider, blocks.file));
  return [
    ...providerNames.flatMap((name) => findProvider(name) ?? []).map((one) => describeProvider(one, null)),
    ...own,
  ];
}

function unknownProvider(written: string, all: readonly ProviderReport[]): UsageError {
  const names = all.map(({ name }) => name);
  const close = nearest(written, names);
  return new UsageError(
    `there is no provider "${written}"`,
    close === undefined ? `There are ${names.join(', ')}` : `Did you mean ${close}?`,
  );
}
