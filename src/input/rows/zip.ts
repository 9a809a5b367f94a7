/** The files in a ZIP archive that is held whole: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
import { inflateRawSync } from 'node:zlib';

/** Takes one file out; undefined where there is none of that name. @throws ZipProblem */
export type Unzip = (name: string) => Buffer | undefined;

/** Why an archive cannot be read, in words for people. */
export class ZipProblem extends Error {}

type Entry = { readonly method: number; readonly flags: number; readonly size: number; readonly offset: number };

const endMark = 0x06_05_4b_50;
const entryMark = 0x02_01_4b_50;
const longestEnd = 65_557;

/** Reads the directory of an archive. `limit`: bytes that all files together may unpack to. @throws ZipProblem */
export function openZip(bytes: Buffer, limit: number): Unzip {
  const entries = readDirectory(bytes);
  let left = limit;
  return (name) => {
    const entry = entries.get(name);
    if (entry === undefined) return undefined;
    const content = unpack(bytes, entry, left);
    left -= content.length;
    return content;
  };
}

function readDirectory(bytes: Buffer): ReadonlyMap<string, Entry> {
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const entries = new Map<string, Entry>();
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entryMark)
      throw new ZipProblem('its directory is damaged');
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    entries.set(bytes.toString('utf8', at + 46, nameEnd), {
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      size: bytes.readUInt32LE(at + 20),
      offset: bytes.readUInt32LE(at + 42),
    });
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function findEnd(bytes: Buffer): number {
  const least = Math.max(0, bytes.length - longestEnd);
  for (let at = bytes.length - 22; at >= least; at -= 1) if (bytes.readUInt32LE(at) === endMark) return at;
  throw new ZipProblem('it is cut off, or no workbook');
}

function unpack(bytes: Buffer, { flags, method, size, offset }: Entry, limit: number): Buffer {
  if ((flags & 1) !== 0) throw new ZipProblem('it has a password');
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + size > bytes.length) throw new ZipProblem('it is cut off');
  const packed = bytes.subarray(start, start + size);
  if (method === 0 && size <= limit) return packed;
  if (method !== 0 && method !== 8) throw new ZipProblem('it is packed in a way that is not known');
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, limit) });
  } catch (error) {
    const isLarge = error instanceof RangeError;
    throw new ZipProblem(isLarge ? 'it unpacks to more than 512 MiB' : 'it is damaged', { cause: error });
  }
}
