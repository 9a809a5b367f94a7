/** Prints "N passed, N failed" from a report of Vitest's JSON reporter: `node scripts/test-summary.ts report.json`. */
import { readFileSync } from 'node:fs';

type Report = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Files that could not even be loaded count no test: each is one failure. */
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
};

const [path = ''] = process.argv.slice(2);
const report = JSON.parse(readFileSync(path, 'utf8')) as Report;

const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
const skipped = report.numPendingTests + report.numTodoTests;
const skippedWords = skipped === 0 ? '' : `, ${skipped} skipped`;
console.log(`\n${report.numPassedTests} passed, ${report.numFailedTests + unloaded.length} failed${skippedWords}`);
