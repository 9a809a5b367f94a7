/** Lines that YAML reads as something else than their writer meant, and how they should have been written. */
export type Correction = { readonly code: 'TRAP_TEMPLATE' | 'TRAP_SUBSTITUTION'; readonly line: string };

/** `key: {{x}} ...` or `- {{x}} ...` in block style: what comes before the text, the text, and a comment. */
const blockTemplate = /^(\s*(?:-\s+)*(?:[\w.-]+\s*:\s+)?)(\{\{.*?)(\s+#.*)?$/;
/** An unquoted value with `{{x}}` or `${x}` between the marks of a flow map or list. */
const flowTemplate = /([,[{]\s*(?:[\w.-]+:\s+)?)([^"',[\]{}]*(?:\{\{[^{}]*\}\}[^"',[\]{}]*)+)(?=[,\]}]|$)/g;
const flowSubstitution = /([,[{]\s*(?:[\w.-]+:\s+)?)([^"',[\]{}\s]*\$\{[^{}"']*\}[^"',[\]{}]*)(?=[,\]}]|$)/g;

/** Nobody writes such a line by hand, and looking for pairs of braces in it takes long. */
const lengthLimit = 2000;

/** How a line should have been written that YAML cannot read; undefined where no trap is seen in it. */
export function correctLine(line: string): Correction | undefined {
  if (line.length > lengthLimit) return undefined;
  const block = blockTemplate.exec(line);
  if (block !== null) {
    const [, before = '', text = '', comment = ''] = block;
    return { code: 'TRAP_TEMPLATE', line: `${before}${quoteYaml(text)}${comment}` };
  }
  const substituted = line.replaceAll(flowSubstitution, quoteMatch);
  if (substituted !== line) return { code: 'TRAP_SUBSTITUTION', line: substituted };
  const templated = line.replaceAll(flowTemplate, quoteMatch);
  return templated === line ? undefined : { code: 'TRAP_TEMPLATE', line: templated };
}

/** The line on which a stretch of text stands, with the stretch in quotes and without indentation. */
export function quoteStretch(text: string, start: number, end: number): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const after = text.slice(end, lineEnd < 0 ? undefined : lineEnd);
  return `${text.slice(lineStart, start)}${quoteYaml(text.slice(start, end))}${after}`.trim();
}

/** The line on which an offset stands. */
export function lineAround(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? undefined : end);
}

/** Text as a quoted YAML scalar, with as little escaping as possible. */
function quoteYaml(text: string): string {
  if (!/["\\\n]/.test(text)) return `"${text}"`;
  return /['\n]/.test(text) ? JSON.stringify(text) : `'${text}'`;
}

/** A comma in a text that stands in no bracket begins nothing. */
function quoteMatch(match: string, before: string, value: string, offset: number, line: string): string {
  const earlier = line.slice(0, offset + 1).replaceAll(/\$?\{\{?[^{}]*\}\}?/g, '');
  if (!/[[{]/.test(earlier)) return match;
  const trimmed = value.trimEnd();
  return `${before}${quoteYaml(trimmed)}${value.slice(trimmed.length)}`;
}
