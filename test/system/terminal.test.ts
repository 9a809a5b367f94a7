import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';

const terminal = new URL('../../src/system/terminal.ts', import.meta.url).href;
const signals = new URL('../../src/system/signals.ts', import.meta.url).href;

function script(body: string): readonly string[] {
  return [
    '--input-type=module',
    '-e',
    `const { systemTerminal } = await import('${terminal}'); const { systemSignals } = await import('${signals}');
    const s = systemSignals(); const t = systemTerminal(s);${body}`,
  ];
}

describe('asking', () => {
  test('gives nothing where the terminal goes away meanwhile', async () => {
    const body = `process.stderr.isTTY = true;
      process.stdin.setRawMode = (on) => on || process.stdin.emit('error', new Error('setRawMode EIO'));
      const asked = t.ask('? '); setTimeout(() => process.stdin.emit('error', new Error('read EIO')), 20);
      t.out(String(await asked)); process.stdin.destroy()`;
    const child = spawn(process.execPath, script(body), { stdio: ['pipe', 'pipe', 'ignore'] });
    const exit = once(child, 'exit');
    expect(await text(child.stdout)).toBe('undefined');
    expect(await exit).toEqual([0, null]);
  });

  test('puts the question on stderr and gives one line', () => {
    const run = spawnSync(process.execPath, script(`t.out(JSON.stringify(await t.ask('How many? ')))`), {
      input: '120\nmore\n',
      encoding: 'utf8',
    });
    expect(run).toMatchObject({ stdout: '"120"', stderr: 'How many? ', status: 0 });
  });

  test('gives nothing at the end of input', () => {
    const run = spawnSync(process.execPath, script(`t.out(String(await t.ask('How many? ')))`), {
      input: '',
      encoding: 'utf8',
    });
    expect(run).toMatchObject({ stdout: 'undefined', status: 0 });
  });

  test('gives nothing when it is aborted, and lets the process end', async () => {
    const body = `const a = new AbortController(); setTimeout(() => a.abort(), 20);
      t.out(String(await t.ask('? ', a.signal)) + String(await t.ask('? ', a.signal)) + String(t.canAsk))`;
    const child = spawn(process.execPath, script(body), { stdio: ['pipe', 'pipe', 'ignore'] });
    expect(await text(child.stdout)).toBe('undefinedundefinedfalse');
    child.stdin.end();
  });
});

test('gives the lines that are piped in, however they end', () => {
  const run = spawnSync(process.execPath, script(`t.out(JSON.stringify(await Array.fromAsync(t.lines())))`), {
    input: 'one\r\n\ntwo',
    encoding: 'utf8',
  });
  expect(run).toMatchObject({ stdout: '["one","","two"]', status: 0 });
});

describe('writing', () => {
  test('has 80 columns and no terminal where there is none', () => {
    const run = spawnSync(process.execPath, script(`t.out(JSON.stringify([t.stdout, t.stderr]))`), {
      encoding: 'utf8',
    });
    expect(JSON.parse(run.stdout)).toEqual([
      { isTTY: false, columns: 80 },
      { isTTY: false, columns: 80 },
    ]);
  });

  test('goes on quietly when the reader has gone', async () => {
    const body = `for (let n = 0; n < 5; n += 1) { t.out('x'.repeat(70000)); await new Promise((r) => setTimeout(r, 5)); }
      t.err('done'); process.exitCode = 9`;
    const child = spawn(process.execPath, script(body), { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.once('data', () => child.stdout.destroy());
    const said = text(child.stderr);
    expect(await once(child, 'exit')).toEqual([9, null]);
    expect(await said).toBe('done');
  });
});

describe.skipIf(!existsSync('/dev/full'))('what cannot be written', () => {
  const full = (body: string, streams = ['stdout']): ReturnType<typeof spawnSync> => {
    const device = openSync('/dev/full', 'w');
    const stderr = streams.includes('stderr') ? device : 'pipe';
    const run = spawnSync(process.execPath, script(body), { stdio: ['ignore', device, stderr], encoding: 'utf8' });
    closeSync(device);
    return run;
  };
  const later = `await new Promise((r) => setTimeout(r, 20));`;

  test('is told once to whoever listens, who ends as he sees fit', () => {
    const body = `const off = s.onInterrupt((how) => t.err(how + ' '));
      t.out('a'); ${later} off(); t.out('b'); t.err('done'); process.exitCode = 9`;
    expect(full(body)).toMatchObject({ stderr: 'unheard done', status: 9 });
  });

  test('is told of one stream alone, though both fail', () => {
    const body = `const told = []; const off = s.onInterrupt((how) => told.push(how)); t.out('a'); t.err('b'); ${later}
      off(); t.out('c'); t.err('d'); ${later} process.exitCode = told.length`;
    expect(full(body, ['stdout', 'stderr']).status).toBe(1);
  });

  test('ends the process with 8 where nobody listens', () => {
    const run = full(`s.onInterrupt(() => t.err('told'))(); t.out('a'); ${later} t.err('on')`);
    expect(run.stderr).toMatch(/^callplan: what it prints cannot be written: ENOSPC/);
    expect(run.status).toBe(8);
  });
});

describe('signals', () => {
  test('reach who listens, each time, and end the process when nobody does', async () => {
    const body = `const off = s.onInterrupt((name) => {
        if (name === 'SIGTERM') off();
        setTimeout(() => t.out(name + ' '), 5);
      });
      setInterval(() => undefined, 1000); t.out('ready ')`;
    const child = spawn(process.execPath, script(body), { stdio: ['ignore', 'pipe', 'inherit'] });
    const exit = once(child, 'exit');
    const next = ['SIGINT', 'SIGINT', 'SIGTERM', 'SIGINT'] as const;
    let said = '';
    let sent = 0;
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      for (; sent < said.split(' ').length - 1; sent += 1) child.kill(next[sent]);
    });
    const lost = setTimeout(() => child.kill('SIGKILL'), 4_000);
    expect(await exit).toEqual([null, 'SIGINT']);
    clearTimeout(lost);
    expect(said).toBe('ready SIGINT SIGINT SIGTERM ');
  });
});
