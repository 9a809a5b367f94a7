import { createHash } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { Agent, request } from 'undici';
import type { Download, Downloaded } from '../ports.ts';
import { fileProblem } from './file-problem.ts';

/** Without an answer, or without another byte of it. */
const silenceMs = 30_000;
const connectMs = 10_000;

/** Fetches a file as it stands behind its address: no redirect is followed, nothing is unpacked. @throws FileProblem */
export async function download({ url, headers, path, limit }: Download): Promise<Downloaded> {
  const agent = new Agent({ connect: { timeout: connectMs }, headersTimeout: silenceMs, bodyTimeout: silenceMs });
  try {
    const answer = await request(url, { headers: { ...headers, 'accept-encoding': 'identity' }, dispatcher: agent });
    const problem = problemOf(answer.statusCode, answer.headers);
    return problem === undefined ? await save(answer.body, path, limit) : { kind: 'failed', problem };
  } catch (error) {
    const problem = networkProblem(error);
    if (problem === undefined) throw error;
    return { kind: 'failed', problem };
  } finally {
    await agent.destroy();
  }
}

function problemOf(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string | undefined {
  if (status >= 300 && status < 400) return `it answers ${String(status)} and leads elsewhere`;
  if (status === 401 || status === 403) return `it answers ${String(status)}: the credential is refused`;
  if (status !== 200) return `it answers ${String(status)}`;
  const packing = headers['content-encoding'];
  return packing === undefined || packing === 'identity' ? undefined : `it comes packed as ${String(packing)}`;
}

async function save(body: AsyncIterable<Uint8Array>, path: string, limit: number): Promise<Downloaded> {
  const part = `${path}.part`;
  const hash = createHash('sha256');
  let size = 0;
  const file = await told(path, () => open(part, 'w', 0o600));
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > limit) return { kind: 'failed', problem: `it is larger than ${String(limit)} bytes` };
      hash.update(chunk);
      await told(path, () => file.writeFile(chunk));
    }
    await told(path, () => rename(part, path));
    return { kind: 'saved', sha256: hash.digest('hex') };
  } finally {
    await file.close();
    await unlink(part).catch(() => undefined);
  }
}

async function told<Result>(path: string, use: () => Promise<Result>): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    throw fileProblem('write', path, error);
  }
}

const problems: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its host is not known',
  EAI_AGAIN: 'its host could not be looked up',
  ECONNRESET: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  UND_ERR_CONNECT_TIMEOUT: `it did not answer within ${String(connectMs / 1000)} seconds`,
  UND_ERR_HEADERS_TIMEOUT: `it did not answer within ${String(silenceMs / 1000)} seconds`,
  UND_ERR_BODY_TIMEOUT: `it fell silent for ${String(silenceMs / 1000)} seconds`,
  UND_ERR_INVALID_ARG: 'a header holds characters that no header may hold',
};

/** Words for an error of the network; undefined for any other. */
function networkProblem(error: unknown): string | undefined {
  if (error instanceof AggregateError) return networkProblem(error.errors[0]);
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return problems[error.code] ?? error.code;
}
