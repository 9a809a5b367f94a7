import { createServer } from 'node:net';
import type { Socket } from 'node:net';

/** A server that speaks bytes, for answers that no HTTP library would give. */
export type RawServer = AsyncDisposable & {
  readonly url: string;
  /** What each connection received so far, in order of connecting. */
  readonly received: readonly string[];
};

/** Calls `answer` with the socket each time bytes come; `connected` as soon as there is a connection. */
export async function rawServer(
  answer: (socket: Socket, text: string) => void,
  connected: (socket: Socket) => void = () => undefined,
): Promise<RawServer> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const index = received.push('') - 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      received[index] = (received[index] ?? '') + bytes.toString();
      answer(socket, bytes.toString());
    });
    connected(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${String(address.port)}/calls`,
    received,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
