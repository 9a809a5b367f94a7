import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';

/** A PostgreSQL server of its own, on loopback, gone with the test. */
export type Postgres = AsyncDisposable & {
  /** Of the user who may do everything; its password is `clinic password`. */
  readonly address: string;
};

/** The folder of the server's programs; undefined where PostgreSQL is not installed. */
export const postgresPrograms: string | undefined = [
  ...(process.env['PATH'] ?? '').split(delimiter),
  ...globSync('/usr/lib/postgresql/*/bin').toSorted().toReversed(),
].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));

/** Starts a server on an empty folder, without caring for the disk. @throws Error where it is not installed */
export async function postgres(): Promise<Postgres> {
  if (postgresPrograms === undefined) throw new Error('PostgreSQL is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'callplan-postgres-'));
  const user = ordinaryUser();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const [data, password] = [join(folder, 'data'), join(folder, 'password')];
  writeFileSync(password, 'clinic password');
  if (user !== undefined) chownSync(password, user.uid, user.gid);
  const port = await freePort();
  const options = { ...user, cwd: folder, stdio: 'ignore' } as const;
  const first = ['-D', data, '-U', 'clinic', '-A', 'scram-sha-256', `--pwfile=${password}`, '-N', '--no-instructions'];
  execFileSync(join(postgresPrograms, 'initdb'), [...first, '--encoding=UTF8', '--locale=C'], options);
  const settings = [`port=${String(port)}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const server = spawn(
    join(postgresPrograms, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    options,
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const address = `postgres://clinic:clinic%20password@127.0.0.1:${String(port)}/postgres`;
  await untilReady(address);
  return {
    address,
    [Symbol.asyncDispose]: async () => {
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function ordinaryUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function untilReady(address: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const client = new Client({ connectionString: address });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await new Promise((resolve) => void setTimeout(resolve, 25));
    }
  }
  throw new Error('PostgreSQL did not start');
}
