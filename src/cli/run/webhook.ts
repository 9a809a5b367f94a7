import { printAddress, type Campaign } from '../../model/campaign.ts';
import { isLoopback } from '../../model/loopback.ts';
import type { World } from '../../ports.ts';
import { isAble, type Account, type Provider } from '../../providers/contract.ts';
import { openWebhook, webhookPath, type Webhook } from '../../run/webhook.ts';
import { recipientKey } from '../../run/write-results.ts';
import type { Store } from '../../store/contract/store.ts';
import type { Invocation } from '../command.ts';
import { Halt } from '../halt.ts';
import { UsageError } from '../usage-error.ts';
import { webhookListenOption, webhookUrlOption } from './options.ts';

/** Where the provider's events are heard. */
export type Listening = {
  readonly host: string;
  readonly port: number;
  /** The URL below which the provider reaches it; left out: it listens on this machine alone. */
  readonly base?: string;
};

/** What the command line says of it; undefined: nobody listens. @throws UsageError */
export function listeningOf({ option }: Pick<Invocation, 'option'>): Listening | undefined {
  const listen = option(webhookListenOption);
  const base = option(webhookUrlOption);
  if (listen !== undefined && base !== undefined) return { ...listen, base };
  if (base !== undefined) {
    throw new UsageError(
      '--webhook-url says where a webhook is reached, and --webhook-listen, that there is one, is missing',
      'Add, for example, --webhook-listen 127.0.0.1:8787',
    );
  }
  if (listen === undefined || isLoopback(listen.host)) return listen;
  throw new UsageError(
    `--webhook-listen on ${listen.host} can be reached from elsewhere, and nothing says under which URL`,
    'Add --webhook-url with the https URL that leads there',
  );
}

/** Whose events are to be heard, and where. */
export type WebhookRequest = Listening & { readonly provider: Provider; readonly account: Account };

/** The words of a command line that say so. */
export function webhookWords(listening: Listening | undefined): readonly string[] {
  if (listening === undefined) return [];
  const { base } = listening;
  return ['--webhook-listen', printListen(listening), ...(base === undefined ? [] : ['--webhook-url', base])];
}

type Opening = {
  readonly campaign: Campaign;
  readonly store: Store;
  readonly webhook: WebhookRequest;
  readonly say: (line: string) => void;
};

/** Listens, and says once where. @throws Halt, where the address cannot be had; UsageError, where no event would come */
export async function openRunWebhook(
  { campaign, store, webhook: request, say }: Opening,
  world: Pick<World, 'env' | 'serve' | 'terminal'>,
): Promise<Webhook> {
  const { provider, account } = request;
  const { event } = account.calls;
  if (!isAble(event)) throw new UsageError(`--webhook-listen: ${provider.facts.title}: ${event.cannot}`);
  const { key } = await recipientKey({ env: world.env, store });
  const path = webhookPath(key, printAddress(campaign.address));
  const webhook = await openWebhook({ ...request, path, about: event.about }, world.serve).catch((error: unknown) => {
    throw unheard(error, request);
  });
  const isShown = world.terminal.stderr.isTTY;
  say(`events of ${provider.facts.title} are heard at ${isShown ? webhook.url : webhook.url.replace(path, '***')}`);
  const field = provider.facts.webhook;
  const into = field === undefined ? 'tell the provider' : `put it into ${field}`;
  say(`that URL is a secret${isShown ? '' : ', shown whole on a terminal only'}; ${into}`);
  return webhook;
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken by another program',
  EACCES: 'may not be used by you',
  EADDRNOTAVAIL: 'is not an address of this machine',
  ENOTFOUND: 'is not an address of this machine',
};

function unheard(error: unknown, { host, port }: Listening): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = reasons[code];
  if (why === undefined) return error;
  const address = printListen({ host, port });
  return new Halt(
    'environment',
    `--webhook-listen: ${address} ${why}; nobody was called`,
    ['name another port, or leave --webhook-listen out: calls are asked for all the same, only later'],
    error,
  );
}

function printListen({ host, port }: Listening): string {
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}
