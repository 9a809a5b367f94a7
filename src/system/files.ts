/**
 * Files of the disk. Every failed system call leaves as a FileProblem; an error of the content that is being
 * written leaves as it is. Whole files appear under their name at once, or not at all.
 */
import { constants, createReadStream, writeSync } from 'node:fs';
import { lstat, mkdir, open, readFile, readdir, realpath, rename, stat, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FileProblem } from '../ports.ts';
import type { FileInfo, Files } from '../ports.ts';
import { errorCode, fileProblem } from './file-problem.ts';
import type { FileUse } from './file-problem.ts';
import { systemRandom } from './random.ts';

/** Many short texts go to the disk as few of this length. */
const chunkLength = 64 * 1024;

/** The machine's files. */
export const systemFiles: Files = {
  info,
  read: (path) => told('read', path, () => readFile(path)),
  stream,
  list: async (path) => (await told('read', path, () => readdir(path))).toSorted(),
  writeAtomically,
  append,
  remove,
};

async function info(path: string): Promise<FileInfo | undefined> {
  const found = await unlessMissing('read', path, () => stat(path, { bigint: true }));
  if (found === undefined) return undefined;
  const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
  const version = [found.size, found.ino, found.mtimeNs, found.ctimeNs].join(' ');
  return { kind, size: Number(found.size), version };
}

async function* stream(path: string): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) yield chunk;
  } catch (error) {
    throw fileProblem('read', path, error);
  }
}

async function writeAtomically(path: string, content: string | AsyncIterable<string>, mode = 0o600): Promise<void> {
  const target = await replaceable(path);
  const folder = dirname(target);
  await told('write', path, () => mkdir(folder, { recursive: true }));
  const temporary = join(folder, `.${basename(target)}.${systemRandom.hex(6)}.tmp`);
  const file = await told('write', path, () => open(temporary, 'wx', mode));
  try {
    await fill(path, file, content);
    await told('write', path, () => rename(temporary, target));
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await told('write', path, () => syncFolder(folder));
}

/** Where the content goes: through a link to what it names, and never in place of a device, pipe or folder. */
async function replaceable(path: string): Promise<string> {
  const found = await unlessMissing('write', path, () => stat(path));
  if (found === undefined) return path;
  if (!found.isFile()) throw new FileProblem('not_a_file', path);
  return told('write', path, () => realpath(path));
}

/** Writes and syncs, and closes the file whatever happens. */
async function fill(path: string, file: FileHandle, content: string | AsyncIterable<string>): Promise<void> {
  try {
    let held = '';
    for await (const chunk of typeof content === 'string' ? [content] : content) {
      held += chunk;
      if (held.length < chunkLength) continue;
      await told('write', path, () => file.writeFile(held));
      held = '';
    }
    await told('write', path, () => file.writeFile(held));
    await told('write', path, () => file.sync());
  } finally {
    await told('write', path, () => file.close());
  }
}

/** Makes the rename itself durable. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Each text is with the system before `write` returns, so that a killed process loses none. */
async function append(path: string): ReturnType<Files['append']> {
  await told('write', path, () => mkdir(dirname(path), { recursive: true }));
  const file = await told('write', path, () => open(path, 'a', 0o600));
  return {
    write: (text) => {
      try {
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length;) at += writeSync(file.fd, bytes, at);
      } catch (error) {
        throw fileProblem('write', path, error);
      }
    },
    close: () => told('write', path, () => file.close()),
  };
}

/** Removes a file or a link; one that is missing is done already. */
async function remove(path: string): Promise<void> {
  const found = await unlessMissing('write', path, () => lstat(path));
  if (found === undefined) return;
  if (found.isDirectory()) throw new FileProblem('not_a_file', path);
  await unlessMissing('write', path, () => unlink(path));
}

async function told<T>(use: FileUse, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileProblem(use, path, error);
  }
}

async function unlessMissing<T>(use: FileUse, path: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw fileProblem(use, path, error);
  }
}
