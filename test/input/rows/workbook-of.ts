import { crc32, deflateRawSync } from 'node:zlib';

/** A cell as a workbook holds it: the XML in and around `c`. */
export type WrittenCell = { readonly type?: string; readonly style?: number; readonly xml: string };

export type WrittenBook = {
  /** Rows of cells by sheet; a text becomes a shared string, null is no cell, an empty row is left out. */
  readonly sheets: Readonly<Record<string, readonly (readonly (string | null | WrittenCell)[])[]>>;
  readonly is1904?: boolean;
  /** Attributes of rows by their number, from 1. */
  readonly rowAttributes?: Readonly<Record<number, string>>;
};

/** Styles of the cells below: 0 none, 1 date, 2 date and time by number, 3 and 4 by code, 5 a time, 6 an amount. */
const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165"
 formatCode="[$-409]d mmm yyyy h:mm AM/PM;@"/><numFmt numFmtId="166" formatCode="#,##0.00 &quot;days&quot;"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/>
<xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/><xf numFmtId="166"/></cellXfs></styleSheet>`;

/** A number, and the style that says what it shows. */
export function number(value: string, style = 0): WrittenCell {
  return { style, xml: `<v>${value}</v>` };
}

/** Makes a workbook as Excel lays it out. */
export function workbookOf({ sheets, is1904 = false, rowAttributes = {} }: WrittenBook): Buffer {
  const shared: string[] = [];
  const names = Object.keys(sheets);
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  const parts = Object.fromEntries(
    Object.values(sheets).map((rows, index) => [
      `xl/worksheets/sheet${String(index + 1)}.xml`,
      sheetXml(rows, shared, rowAttributes),
    ]),
  );
  return zipOf({
    '_rels/.rels': `<Relationships>${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0"?><x:workbook xmlns:x="x"><x:workbookPr date1904="${is1904 ? '1' : '0'}"/><x:sheets>${names
      .map(
        (name, index) =>
          `<x:sheet name="${escaped(name)}" sheetId="${String(index + 1)}" r:id="rId${String(index + 1)}"/>`,
      )
      .join('')}</x:sheets></x:workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names
      .map((_, index) => relation(`rId${String(index + 1)}`, 'worksheet', `worksheets/sheet${String(index + 1)}.xml`))
      .join(
        '',
      )}${relation('rId90', 'styles', 'styles.xml')}${relation('rId91', 'sharedStrings', '/xl/sharedStrings.xml')}</Relationships>`,
    'xl/styles.xml': styles,
    ...parts,
    'xl/sharedStrings.xml': `<sst>${shared.map((text) => `<si>${text}</si>`).join('')}</sst>`,
  });
}

function sheetXml(
  rows: WrittenBook['sheets'][string],
  shared: string[],
  attributes: NonNullable<WrittenBook['rowAttributes']>,
): string {
  const written = rows.map((cells, index) => {
    const row = String(index + 1);
    const inner = cells.map((cell, column) => cellXml(cell, String.fromCodePoint(65 + column) + row, shared)).join('');
    return cells.length === 0 ? '' : `<row r="${row}" ${attributes[index + 1] ?? ''}>${inner}</row>`;
  });
  return `<worksheet><dimension ref="A1"/><sheetData>${written.join('')}</sheetData></worksheet>`;
}

function cellXml(cell: string | null | WrittenCell, reference: string, shared: string[]): string {
  if (cell === null) return '';
  if (typeof cell === 'string') {
    shared.push(`<r><rPr/><t xml:space="preserve">${escaped(cell)}</t></r><rPh><t>spoken</t></rPh>`);
    return `<c r="${reference}" t="s"><v>${String(shared.length - 1)}</v></c>`;
  }
  const { type, style = 0, xml } = cell;
  return `<c r="${reference}" s="${String(style)}"${type === undefined ? '' : ` t="${type}"`}>${xml}</c>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** A ZIP archive of files, packed. */
export function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const body = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed]);
    entries.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, tail, Buffer.from(name)]));
    bodies.push(body);
    offset += body.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, directory, end]);
}
