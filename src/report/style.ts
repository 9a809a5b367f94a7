/** Wraps text in a colour or weight, or leaves it alone. */
export type Paint = (text: string) => string;

/** The few ways in which output stands out. Colour never carries meaning alone: there is always a sign or a word too. */
export type Style = {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
};

/** How a reader sees the output: its width in columns, and its colours. */
export type View = { readonly columns: number; readonly color: boolean; readonly style: Style };

/** SGR codes of ECMA-48, 8.3.117; each closing code ends only what its opening code began. */
const coloured: Style = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  red: sgr(31, 39),
  green: sgr(32, 39),
  yellow: sgr(33, 39),
  cyan: sgr(36, 39),
};

const plain: Style = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };

/** Colours for a terminal, nothing for files and pipes. */
export function styleOf(options: { readonly color: boolean }): Style {
  return options.color ? coloured : plain;
}

/** A view of a width, with or without colours. */
export function viewWith(options: { readonly columns: number; readonly color: boolean }): View {
  return { ...options, style: styleOf(options) };
}

function sgr(open: number, close: number): Paint {
  return (text) => (text === '' ? '' : `\u001B[${String(open)}m${text}\u001B[${String(close)}m`);
}

function same(text: string): string {
  return text;
}
