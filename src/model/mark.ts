import type { Mark } from './plan.ts';

/** The mark as one line: `[callplan:1 campaign/env sha256:16hex store:8hex]`; `store:-` until a run claims it. */
export function printMark(mark: Mark): string {
  return `[callplan:1 ${mark.address} sha256:${mark.applied} store:${mark.store ?? '-'}]`;
}

/** Undefined where the line is not a mark of this form. */
export function parseMark(line: string): Mark | undefined {
  const match =
    /^\[callplan:1 ([a-z0-9-]{1,63}\/[a-z0-9-]{1,63}) sha256:([0-9a-f]{16}) store:([0-9a-f]{8}|-)\]$/.exec(
      line.trim(),
    );
  const [, address, applied, store] = match ?? [];
  if (address === undefined || applied === undefined || store === undefined) return undefined;
  return store === '-' ? { address, applied } : { address, applied, store };
}
