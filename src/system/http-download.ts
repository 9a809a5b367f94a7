import { createHash } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { Agent, request } from 'undici';
import type { Download, Downloaded } from '../ports.ts';
import { connectMs, networkProblem, silenceMs } from './network-problem.ts';
import { fileProblem } from './file-problem.ts';

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
