import type { Exchange, Http } from '../../src/ports.ts';
import type { Stand } from '../../src/provider-kit/stand.ts';
import { undiciHttp } from '../../src/system/http.ts';
import { serve } from '../../src/system/serve.ts';
import type { VirtualClock } from '../../src/system/virtual-clock.ts';

/** The same stand-in behind a real socket, which each stand takes for itself; `close` takes all of them down. */
export function overHttp(stand: Stand): { readonly stand: Stand; readonly close: () => Promise<void> } {
  const client = undiciHttp();
  const servers: ReturnType<typeof serve>[] = [];
  return {
    stand: {
      ...stand,
      sandbox: (world) => {
        const server = serve(stand.sandbox(world), { port: 0 });
        servers.push(server);
        const { busy } = world.clock as VirtualClock;
        return (request, signal) => busy(sent(client, server, [request, signal]));
      },
    },
    close: async () => {
      await Promise.all(servers.map(async (server) => (await server).close()));
      await client.close();
    },
  };
}

async function sent(
  client: Http,
  server: ReturnType<typeof serve>,
  [request, signal]: Parameters<Http>,
): Promise<Exchange> {
  const { url } = await server;
  const { pathname, search } = new URL(request.url);
  return client({ ...request, url: `${url}${pathname}${search}` }, signal);
}
