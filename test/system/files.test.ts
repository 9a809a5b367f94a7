import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, readdir, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FileProblem } from '../../src/ports.ts';
import { systemFiles as files } from '../../src/system/files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const isRoot = process.getuid?.() === 0;

async function* lines(...texts: readonly string[]): AsyncIterable<string> {
  for (const text of texts) yield text;
}

async function* broken(): AsyncIterable<string> {
  yield 'x'.repeat(200_000);
  throw new Error('the store is locked');
}

async function problem(work: Promise<unknown>): Promise<FileProblem> {
  const error: unknown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof FileProblem)) throw new Error('no FileProblem', { cause: error });
  return error;
}

async function textOf(path: string): Promise<string> {
  let text = '';
  for await (const chunk of files.stream(path)) text += Buffer.from(chunk).toString();
  return text;
}

describe('reading', () => {
  test('tells what is there', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'recipients.csv');
    await writeFile(path, 'id,phone\n');
    expect(await files.info(path)).toMatchObject({ kind: 'file', size: 9 });
    expect(await files.info(folder.path)).toMatchObject({ kind: 'folder' });
    expect(await files.info('/dev/null')).toMatchObject({ kind: 'other' });
    expect(await files.info(join(folder.path, 'none'))).toBeUndefined();
    expect(await files.info(join(path, 'none'))).toBeUndefined();
    expect(Buffer.from(await files.read(path)).toString()).toBe('id,phone\n');
    expect(await textOf(path)).toBe('id,phone\n');
  });

  test('lists names in order', async () => {
    await using folder = await temporaryFolder();
    for (const name of ['b.yaml', 'a.yaml', 'B.yaml']) await writeFile(join(folder.path, name), '');
    expect(await files.list(folder.path)).toEqual(['B.yaml', 'a.yaml', 'b.yaml']);
  });

  test('names what is wrong', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'none.csv');
    expect(await problem(files.read(path))).toMatchObject({ kind: 'missing', path });
    expect(await problem(files.list(path))).toMatchObject({ kind: 'missing' });
    expect(await problem(textOf(path))).toMatchObject({ kind: 'missing', path });
    expect(await problem(files.read(folder.path))).toMatchObject({ kind: 'not_a_file' });
    expect(await problem(textOf(folder.path))).toMatchObject({ kind: 'not_a_file' });
    expect(await problem(files.read(`${folder.path}/${'x'.repeat(300)}`))).toMatchObject({ kind: 'other' });
  });

  test.skipIf(isRoot)('names what may not be read', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'secret');
    await writeFile(path, '', { mode: 0o000 });
    expect(await problem(files.read(path))).toMatchObject({ kind: 'unreadable' });
  });
});

describe('writing', () => {
  test('makes folders, and lets nobody else read', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'runs/clinic/manifest.json');
    await files.writeAtomically(path, '{}');
    expect(await readFile(path, 'utf8')).toBe('{}');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder.path, 'runs/clinic'))).toEqual(['manifest.json']);
  });

  test('takes text as it comes, and another mode', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'results.jsonl');
    const long = 'Amàkà\n'.repeat(50_000);
    await files.writeAtomically(path, lines('a\n', long, '', 'z'), 0o644);
    expect(await readFile(path, 'utf8')).toBe(`a\n${long}z`);
    expect((await stat(path)).mode & 0o777).toBe(0o644 & ~process.umask());
  });

  test('leaves the old file when the content fails', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'plan.json');
    await writeFile(path, 'old');
    await expect(files.writeAtomically(path, broken())).rejects.toThrow('the store is locked');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder.path)).toEqual(['plan.json']);
  });

  test('goes through a link to the file that it names', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'shared'));
    await writeFile(join(folder.path, 'shared/report.html'), 'old');
    const link = join(folder.path, 'latest.html');
    await symlink('shared/report.html', link);
    await files.writeAtomically(link, 'new');
    expect(await readlink(link)).toBe('shared/report.html');
    expect(await readFile(join(folder.path, 'shared/report.html'), 'utf8')).toBe('new');
  });

  test.each(['/dev/null', '.'])('never replaces what is no file: %s', async (path) => {
    expect(await problem(files.writeAtomically(path, 'x'))).toMatchObject({ kind: 'not_a_file' });
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  test('names a folder that is a file', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'runs'), '');
    const path = join(folder.path, 'runs/manifest.json');
    expect(await problem(files.writeAtomically(path, ''))).toMatchObject({ kind: 'other', path });
  });

  test.skipIf(isRoot)('names a folder that may not be written to', async () => {
    await using folder = await temporaryFolder();
    await chmod(folder.path, 0o500);
    const path = join(folder.path, 'manifest.json');
    expect(await problem(files.writeAtomically(path, ''))).toMatchObject({ kind: 'read_only' });
    await chmod(folder.path, 0o700);
  });

  test('removes files, and what is missing is removed already', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'plan.json');
    await writeFile(path, '');
    await files.remove(path);
    await files.remove(path);
    expect(await readdir(folder.path)).toEqual([]);
    expect(await problem(files.remove(folder.path))).toMatchObject({ kind: 'not_a_file' });
  });
});

describe('appending', () => {
  test('adds to what is there, and every text is on the disk at once', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'logs/requests.jsonl');
    const first = await files.append(path);
    first.write('{"phone":"+2348030000001"}\n');
    expect(await readFile(path, 'utf8')).toBe('{"phone":"+2348030000001"}\n');
    await first.close();
    const second = await files.append(path);
    second.write('{}\n');
    await second.close();
    expect(await readFile(path, 'utf8')).toBe('{"phone":"+2348030000001"}\n{}\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await expect(async () => second.write('late')).rejects.toThrow();
  });

  test.skipIf(!existsSync('/dev/full'))('says that the disk is full', async () => {
    const full = await files.append('/dev/full');
    await expect(async () => full.write('x')).rejects.toMatchObject({ kind: 'disk_full' });
    await full.close();
  });
});

/** A file system of 64 KiB, where mounting is allowed. */
function mountSmallDisk(path: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path]).status === 0;
}

describe('a full disk', () => {
  test('leaves the old file and no other', async (context) => {
    await using folder = await temporaryFolder();
    const disk = join(folder.path, 'disk');
    await mkdir(disk);
    if (!mountSmallDisk(disk)) context.skip('mounting a small disk is not allowed here');
    try {
      const path = join(disk, 'manifest.json');
      await files.writeAtomically(path, 'old');
      expect(await problem(files.writeAtomically(path, 'x'.repeat(100_000)))).toMatchObject({
        kind: 'disk_full',
        path,
      });
      expect(await problem(files.writeAtomically(path, lines('x'.repeat(70_000), 'y')))).toMatchObject({
        kind: 'disk_full',
      });
      expect(await readFile(path, 'utf8')).toBe('old');
      expect(await readdir(disk)).toEqual(['manifest.json']);
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      expect(await problem(files.writeAtomically(path, 'new'))).toMatchObject({ kind: 'read_only' });
      const deeper = join(disk, 'runs/clinic/manifest.json');
      expect(await problem(files.writeAtomically(deeper, 'new'))).toMatchObject({ kind: 'read_only', path: deeper });
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
