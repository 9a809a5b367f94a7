/** What it costs to start: beside node that does nothing. */
import type { Figure } from './figure.ts';
import { beside, measure, median } from './measure.ts';

const rounds = 9;

export async function benchStartUp(): Promise<readonly Figure[]> {
  const bin = beside('../dist/bin.js');
  const example = beside('../campaigns/clinic-reminders');
  const nothing: number[] = [];
  const version: number[] = [];
  const validate: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    nothing.push((await measure(['-e', '0'])).seconds);
    version.push((await measure([bin, '--version'])).seconds);
    validate.push((await measure([bin, 'validate', example])).seconds);
  }
  const [none, tell, check] = [median(nothing), median(version), median(validate)];
  const ms = (seconds: number): string => `${(seconds * 1000).toFixed(0)} ms`;
  return [
    { name: '--version', value: tell / none, unit: 'times', atMost: 2, of: `${ms(tell)} to ${ms(none)} of node -e 0` },
    {
      name: 'validate of the example',
      value: (check - none) * 1000,
      unit: 'ms more',
      atMost: 250,
      of: `${ms(check)} to ${ms(none)} of node -e 0`,
    },
  ];
}
