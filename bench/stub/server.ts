/**
 * A bare stand-in for Intron's API, as fast as node:http lets it be, so that what is measured is the client: no checks, no
 * limits, calls that end at once. Both sides of every comparison talk to it. It prints its base url and then serves until
 * it is ended. `GET /made` says how many requests came since the last time, by kind.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerOf } from './api.ts';

const server = createServer((request, response) => {
  void readBody(request).then((body) => {
    const answer = Buffer.from(JSON.stringify(answerOf(request.method ?? 'GET', request.url ?? '/', body)));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
  });
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`http://127.0.0.1:${String(port)}\n`);
});

async function readBody(request: IncomingMessage): Promise<string> {
  if (request.method === 'GET') return '';
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
