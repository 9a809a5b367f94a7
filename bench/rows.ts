/** How fast a CSV file of a million rows becomes recipients, beside csv-parse alone, and what it takes in memory. */
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export type RowsPass = { readonly name: string; readonly seconds: number; readonly rowsPerSecond: number };

export type RowsBench = {
  readonly rows: number;
  readonly passes: readonly RowsPass[];
  /** Highest resident set of a process that does nothing but read recipients, MB. */
  readonly peakRssMb: number;
  /** How much that is above where it began, with all modules loaded. */
  readonly growthMb: number;
};

/** Writes a list into the system's folder for temporary files, reads it both ways in a process of its own, removes it. */
export async function benchRows(rows = 1_000_000): Promise<RowsBench> {
  const folder = await mkdtemp(join(tmpdir(), 'callplan-bench-'));
  try {
    const path = join(folder, 'recipients.csv');
    await pipeline(Readable.from(lines(rows)), createWriteStream(path));
    const reader = fileURLToPath(new URL('rows-process.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [reader, path, String(rows)]);
    return JSON.parse(stdout) as RowsBench;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Appointments of a clinic: half of the numbers local, half international, a note in quotes now and then. */
function* lines(rows: number): Generator<string> {
  yield 'appointment_id,mobile,first_name,last_name,appointment,room,note\n';
  for (let index = 0; index < rows; index += 1) {
    const number = `80${String(30_000_000 + index)}`;
    const hour = String(8 + (index % 10)).padStart(2, '0');
    const minute = String((index * 5) % 60).padStart(2, '0');
    const cells = [
      `GC-${String(index)}`,
      index % 2 === 0 ? `0${number}` : `+234${number}`,
      `Ada${String(index % 977)}`,
      `Abara${String(index % 1013)}`,
      `2026-11-${String(24 + (index % 2))}T${hour}:${minute}`,
      `Room ${String(index % 12)}`,
      index % 7 === 0 ? '"bring the card, please"' : '',
    ];
    yield `${cells.join(',')}\n`;
  }
}
