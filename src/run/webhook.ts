/**
 * Hears the provider's events on a path that nobody can guess, and that is the same for every run of an address. An event
 * says at most which call to ask for sooner; what became of the call is the provider's answer to that.
 */
import type { Handle } from '../model/attempt.ts';
import { hmac, sha256 } from '../model/digest.ts';
import { isSameSecret } from '../model/same-secret.ts';
import type { Exchange, Http, Serve } from '../ports.ts';
import { Heard } from './heard.ts';

/** Where it listens, and what its events are about. */
export type WebhookOptions = {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** The URL below which the provider reaches it; left out: as it listens. */
  readonly base?: string;
  readonly path: string;
  readonly about: (body: unknown) => Handle | undefined;
};

/** A path that is being listened on. */
export type Webhook = {
  /** A secret: whoever knows it can have calls asked for. */
  readonly url: string;
  readonly heard: Heard;
  readonly close: () => Promise<void>;
};

/** The last part of the URL's path: 128 bits that tell nothing of the key. */
export function webhookPath(key: string, address: string): string {
  return hmac(sha256(`callplan webhook key ${key}`), address).slice(0, 32);
}

/** @throws Error if the port cannot be had */
export async function openWebhook(options: WebhookOptions, serve: Serve): Promise<Webhook> {
  const heard = new Heard();
  const server = await serve(listener(options, heard), {
    host: options.host,
    port: options.port,
    strangers: {
      mayAsk: (method, target) => methods.has(method) && isSameSecret(lastPart(target), options.path),
      largestBody: 64 * 1024,
      patienceMs: 10_000,
      mostConnections: 256,
    },
  });
  const base = (options.base ?? server.url).replace(/\/+$/, '');
  return { url: `${base}/${options.path}`, heard, close: server.close };
}

/** HEAD asks whether somebody is there. */
const methods: ReadonlySet<string> = new Set(['POST', 'GET', 'HEAD']);

/** Intron's page asks for 200. */
const thanks: Exchange = { kind: 'answered', status: 200, headers: {}, body: '' };

function listener({ about }: WebhookOptions, heard: Heard): Http {
  return ({ method, body }) => {
    if (method !== 'HEAD') heard.hear(body === undefined ? undefined : handleIn(body, about));
    return Promise.resolve(thanks);
  };
}

/** A body that cannot be read, whatever is the matter with it, says only that something happened. */
function handleIn(body: string, about: WebhookOptions['about']): Handle | undefined {
  try {
    return about(JSON.parse(body));
  } catch {
    return undefined;
  }
}

/** A proxy in front may have taken the rest of the path away, or added to it. */
function lastPart(target: string): string {
  const [path = ''] = target.split('?', 1);
  return path.slice(path.lastIndexOf('/') + 1);
}
