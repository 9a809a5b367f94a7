import type { DiffReport } from '../../report/diff-report.ts';
import { renderDiff } from '../../report/render-diff.ts';
import { shellWord } from '../../report/words/quote.ts';
import type { Invocation } from '../command.ts';
import { diffWaves } from '../diff/diff-waves.ts';
import { differsOption, everybodyOption } from '../diff/options.ts';
import { findingsReport } from '../findings-report.ts';
import { loadManifest } from '../manifest/load-manifest.ts';
import type { Report } from '../report.ts';
import { Findings } from '../run/findings-error.ts';
import type { World } from '../world.ts';

/** Compares two waves by their manifests and the results beside them. */
export async function diff({ args, option }: Invocation, world: World): Promise<Report> {
  const [first = '', second = ''] = args;
  try {
    const a = await loadManifest(first, world);
    const b = await loadManifest(second, world);
    const most = option(everybodyOption) ? Number.MAX_SAFE_INTEGER : 20;
    const report = await diffWaves(a, b, { most, world });
    return {
      endings: [report.same || !option(differsOption) ? 'done' : 'differs'],
      kind: 'diff',
      data: report,
      text: (view) => renderDiff(report, view),
      next: nextOf(report, args),
    };
  } catch (error) {
    if (error instanceof Findings) return findingsReport(error.diagnostics, new Map());
    throw error;
  }
}

function nextOf({ recipients }: DiffReport, args: readonly string[]): readonly string[] {
  if (recipients.kind === 'unknown' || recipients.changes.length === 0) return [];
  return ['who they are, by the HMACs of the results:', `callplan diff ${args.map(shellWord).join(' ')} --format json`];
}
