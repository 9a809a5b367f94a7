import type { ForeignFile } from '../../model/codes/recipients.ts';

const signatures: readonly { readonly bytes: readonly number[]; readonly found: ForeignFile }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], found: 'workbook' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], found: 'workbook' },
  { bytes: [0xff, 0xfe], found: 'utf-16' },
  { bytes: [0xfe, 0xff], found: 'utf-16' },
];

/** With a byte order mark or without. */
const webPage = /^(?:\u00EF\u00BB\u00BF)?\s*<(?:!doctype\s+html|html[\s>])/i;

/** What a file is by its first bytes, if it is not text in UTF-8 or one of the older encodings. */
export function foreignFile(start: Uint8Array): ForeignFile | undefined {
  const signature = signatures.find(({ bytes }) => bytes.every((byte, index) => start[index] === byte));
  if (signature !== undefined) return signature.found;
  if (webPage.test(Buffer.from(start.subarray(0, 200)).toString('latin1'))) return 'web-page';
  const zero = start.subarray(0, 4096).indexOf(0);
  if (zero === -1) return undefined;
  // UTF-16 without a mark: of two bytes one is zero for every character of plain English.
  return zero < 2 && start[zero + 2] === 0 ? 'utf-16' : 'binary';
}
