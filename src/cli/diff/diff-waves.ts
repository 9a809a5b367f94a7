import { changedLimits } from '../../ledger/changed-limits.ts';
import { compareEnds } from '../../ledger/compare-ends.ts';
import { miscounted, resultCounter } from '../../ledger/recount.ts';
import { readResult, type ReadResult } from '../../ledger/read-result.ts';
import { canonicalJson } from '../../model/digest.ts';
import { printAddress } from '../../model/campaign.ts';
import type { DiffReport, DiffSide, RecipientsDiff } from '../../report/diff-report.ts';
import { version } from '../../version.ts';
import type { LoadedManifest } from '../manifest/load-manifest.ts';
import { readResults } from '../manifest/read-results.ts';
import { Findings } from '../run/findings-error.ts';
import { shownPath } from '../shown-path.ts';
import type { World } from '../world.ts';

type Options = {
  /** HMACs that are kept of each change. */
  readonly most: number;
  readonly world: Pick<World, 'files' | 'cwd'>;
};

/** @throws Findings where results do not go with their manifest */
export async function diffWaves(a: LoadedManifest, b: LoadedManifest, options: Options): Promise<DiffReport> {
  const [one, other] = [a.manifest.wave, b.manifest.wave];
  const digests = digestNames.filter((name) => one.digests[name] !== other.digests[name]);
  const limits = changedLimits(one.limits, other.limits);
  const recipients = await recipientsDiff(a, b, options);
  const counts = { a: countsOf(a), b: countsOf(b) };
  const isAlike = canonicalJson(counts.a) === canonicalJson(counts.b) && one.status === other.status;
  const [first, second] = [sideOf(a), sideOf(b)];
  return {
    tool_version: version,
    same: isAlike && digests.length === 0 && limits.length === 0 && areAlike(recipients),
    a: first,
    b: second,
    digests: digests.map((name) => ({ name, a: one.digests[name], b: other.digests[name] })),
    limits,
    counts,
    recipients,
    diagnostics: [],
  };
}

const digestNames = ['definition', 'resource', 'templates', 'recipients', 'suppression'] as const;

function areAlike(recipients: RecipientsDiff): boolean {
  if (recipients.kind === 'unknown') return true;
  return recipients.only_in_a + recipients.only_in_b + recipients.changes.length === 0;
}

/** Manifests of older versions lack costs. */
function countsOf({ manifest }: LoadedManifest): DiffReport['counts']['a'] {
  const { counts } = manifest.wave;
  return { ...counts, costs: Array.isArray(counts.costs) ? counts.costs : [] };
}

function sideOf({ manifest, file }: LoadedManifest): DiffSide {
  const { wave, record } = manifest;
  return {
    file,
    address: printAddress(wave),
    wave: wave.wave,
    status: wave.status,
    parent: record.parent ?? null,
    record: {
      runs: record.runs.length,
      started_at: record.runs[0]?.started_at ?? null,
      ended_at: record.runs.at(-1)?.ended_at ?? null,
      tool_version: record.tool.version,
      commit: record.git?.commit ?? null,
    },
  };
}

async function recipientsDiff(a: LoadedManifest, b: LoadedManifest, { most, world }: Options): Promise<RecipientsDiff> {
  const { addA, addB, compared } = compareEnds(most);
  const readA = await checked(a, addA, world);
  const readB = await checked(b, addB, world);
  if (!readA || !readB) {
    const which = [...(readA ? [] : [a.file]), ...(readB ? [] : [b.file])].join(' and ');
    return { kind: 'unknown', why: `${which} was written before there were results` };
  }
  const [keyA, keyB] = [a, b].map(({ manifest }) => manifest.record.recipient_key_id);
  if (keyA !== keyB) {
    return { kind: 'unknown', why: `they name recipients by different keys (${keyA ?? ''} and ${keyB ?? ''})` };
  }
  return { kind: 'compared', ...compared() };
}

/** Reads results and counts them anew. False where there are none. @throws Findings */
async function checked(
  loaded: LoadedManifest,
  add: (result: ReadResult) => void,
  world: Options['world'],
): Promise<boolean> {
  const counter = resultCounter();
  let bad: number | undefined;
  const read = await readResults(loaded, world, (text, line) => {
    const result = readResult(text);
    if (result === undefined) {
      bad ??= line;
      return;
    }
    counter.add(result);
    add(result);
  });
  if (read === 'none') return false;
  const path = shownPath(loaded.results, world.cwd);
  if (bad !== undefined) throw new Findings([{ code: 'MANIFEST_RESULTS', args: { path, problem: 'line', line: bad } }]);
  const counts = miscounted(loaded.manifest.wave.counts, counter.counts());
  if (counts.length > 0) throw new Findings([{ code: 'MANIFEST_RESULTS', args: { path, problem: 'counts', counts } }]);
  return true;
}
