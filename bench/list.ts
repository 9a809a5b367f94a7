/** A million rows: from CSV to recipients beside bare csv-parse, and from recipients to a ledger that is ready. */
import { benchEnrol } from './enrol.ts';
import type { Figure } from './figure.ts';
import { benchRows } from './rows.ts';

export async function benchList(): Promise<readonly Figure[]> {
  const rows = await benchRows();
  const [ours, bare] = rows.passes;
  const enrol = await benchEnrol();
  const [first] = enrol.passes;
  const speed = (pass: { readonly rowsPerSecond: number } | undefined): number => pass?.rowsPerSecond ?? Number.NaN;
  return [
    {
      name: 'reading 1,000,000 rows: memory',
      value: rows.peakRssMb,
      unit: 'MB',
      atMost: 350,
      of: 'peak of the reading process',
    },
    {
      name: 'reading 1,000,000 rows: speed',
      value: speed(bare) / speed(ours),
      unit: 'times',
      of: `${String(speed(ours))} rows a second beside ${String(speed(bare))} of bare csv-parse`,
    },
    {
      name: 'enrolling 1,000,000: growth',
      value: enrol.growthMb,
      unit: 'MB',
      atMost: 350,
      of: `${String(speed(first))} rows a second into the ledger, this process peaked at ${String(enrol.peakRssMb)} MB`,
    },
  ];
}
