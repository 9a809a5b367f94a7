/** A workbook in the form of ECMA-376 (.xlsx): its sheets by name, and their rows as they are asked for. */
import type { SheetCell } from './xlsx-cell.ts';
import { numberForm } from './xlsx-cell.ts';
import type { NumberForm } from './xlsx-cell.ts';
import type { XmlToken } from './xml.ts';
import { XmlProblem, xmlTokens } from './xml.ts';
import { openZip } from './zip.ts';
import type { Unzip } from './zip.ts';

/** Cells by their column, from 0. */
export type SheetRow = { readonly row: number; readonly cells: ReadonlyMap<number, SheetCell> };

export type Workbook = {
  /** Names of the sheets with cells, hidden ones too, in their order. */
  readonly sheets: readonly string[];
  /** Texts that cells name by their number. */
  readonly shared: readonly string[];
  readonly is1904: boolean;
  /** @throws XmlProblem, ZipProblem */
  readonly rows: (sheet: string) => Iterable<SheetRow>;
};

const largestUnpacked = 536_870_912;

/** Opens a workbook. @throws XmlProblem, ZipProblem */
export function openWorkbook(bytes: Buffer): Workbook {
  const unzip = openZip(bytes, largestUnpacked);
  const path = targets(unzip, '_rels/.rels', '').find(({ type }) => type.endsWith('/officeDocument'))?.path;
  if (path === undefined) throw new XmlProblem('it is no workbook');
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const parts = targets(unzip, `${folder}_rels/${path.slice(folder.length)}.rels`, folder);
  const partOf = (type: string): string => parts.find((part) => part.type.endsWith(`/${type}`))?.path ?? '';
  const { sheets, is1904 } = readBook(partText(unzip, path), parts);
  const forms = readForms(partText(unzip, partOf('styles')));
  return {
    sheets: [...sheets.keys()],
    shared: readShared(partText(unzip, partOf('sharedStrings'))),
    is1904,
    rows: (sheet) => sheetRows(partText(unzip, sheets.get(sheet) ?? ''), forms),
  };
}

type Target = { readonly id: string; readonly type: string; readonly path: string };

function partText(unzip: Unzip, path: string): string {
  return unzip(path)?.toString() ?? '';
}

function targets(unzip: Unzip, path: string, folder: string): readonly Target[] {
  return opened(partText(unzip, path), 'Relationship').map(({ Id: id = '', Type: type = '', Target: to = '' }) => ({
    id,
    type,
    path: to.startsWith('/') ? to.slice(1) : folder + to,
  }));
}

/** The attributes of all elements of a name. */
function opened(xml: string, name: string): readonly Readonly<Record<string, string>>[] {
  return [...xmlTokens(xml)].flatMap((token) =>
    token.kind === 'open' && token.name === name ? [token.attributes] : [],
  );
}

function readBook(
  xml: string,
  parts: readonly Target[],
): { readonly sheets: ReadonlyMap<string, string>; readonly is1904: boolean } {
  const sheets = opened(xml, 'sheet').flatMap(({ name = '', id = '' }): [string, string][] => {
    const part = parts.find((one) => one.id === id && one.type.endsWith('/worksheet'));
    return part === undefined ? [] : [[name, part.path]];
  });
  const [properties] = opened(xml, 'workbookPr');
  return { sheets: new Map(sheets), is1904: ['1', 'true'].includes(properties?.['date1904'] ?? '') };
}

/** The form of numbers for each style that a cell may name. */
function readForms(xml: string): readonly NumberForm[] {
  const codes = new Map<number, string>();
  const forms: NumberForm[] = [];
  let isCellStyle = false;
  for (const token of xmlTokens(xml)) {
    if (token.kind === 'text') continue;
    if (token.name === 'cellXfs') isCellStyle = token.kind === 'open';
    if (token.kind === 'close') continue;
    const { attributes } = token;
    if (token.name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
    const id = Number(attributes['numFmtId'] ?? '0');
    if (token.name === 'xf' && isCellStyle) forms.push(numberForm(id, codes.get(id)));
  }
  return forms;
}

function readShared(xml: string): readonly string[] {
  const texts: string[] = [];
  let text: string | undefined;
  const runs = textRuns();
  for (const token of xmlTokens(xml)) {
    const run = runs(token);
    if (token.kind === 'open' && token.name === 'si') text = '';
    else if (token.kind === 'close' && token.name === 'si') texts.push(unescaped(text ?? ''));
    else if (run !== undefined) text = (text ?? '') + run;
  }
  return texts;
}

/** Texts in `t`, but for those that say how it is pronounced. */
function textRuns(): (token: XmlToken) => string | undefined {
  let isText = false;
  let isSpoken = false;
  return (token) => {
    if (token.kind === 'text') return isText && !isSpoken ? token.text : undefined;
    if (token.name === 't') isText = token.kind === 'open';
    if (token.name === 'rPh') isSpoken = token.kind === 'open';
    return undefined;
  };
}

function* sheetRows(xml: string, forms: readonly NumberForm[]): Generator<SheetRow> {
  let row = 0;
  let column = -1;
  let cells = new Map<number, SheetCell>();
  let cell: { type: string; value: string | undefined; form: NumberForm } | undefined;
  let isValue = false;
  const runs = textRuns();
  for (const token of xmlTokens(xml)) {
    const run = runs(token);
    if (cell !== undefined && token.kind === 'text' && (isValue || run !== undefined)) {
      cell.value = (cell.value ?? '') + token.text;
    }
    if (token.kind === 'text') continue;
    if (token.name === 'v') isValue = token.kind === 'open';
    if (token.kind === 'open' && token.name === 'row') {
      row = Number(token.attributes['r'] ?? row + 1);
      column = -1;
      cells = new Map();
    }
    if (token.kind === 'open' && token.name === 'c') {
      column = columnOf(token.attributes['r']) ?? column + 1;
      const { t: type = 'n', s: style = '0' } = token.attributes;
      cell = { type, value: undefined, form: forms[Number(style)] ?? 'amount' };
    }
    if (token.kind === 'close' && token.name === 'c' && cell !== undefined) {
      const value = cell.type === 'str' || cell.type === 'inlineStr' ? unescaped(cell.value ?? '') : cell.value;
      if (value !== undefined && value !== '') cells.set(column, { ...cell, value });
      cell = undefined;
    }
    if (token.kind === 'close' && token.name === 'row' && cells.size > 0) yield { row, cells };
  }
}

/** `C7` is column 2. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = reference?.match(/^[A-Z]+/)?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + (letter.codePointAt(0) ?? 64) - 64;
  return column - 1;
}

/** `_x000D_` stands for a character that XML cannot hold: ECMA-376, 22.9.2.19. */
function unescaped(text: string): string {
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
}
