import { hang } from './hang.ts';
import type { View } from './style.ts';

/** A short Markdown page for a terminal: headings stand out, paragraphs and list items wrap, code stays as it is. */
export function renderPage(markdown: string, { columns, style }: View): string {
  const lines: string[] = [];
  let isCode = false;
  for (const block of paragraphs(markdown)) {
    if (block.startsWith('```')) isCode = !isCode;
    else if (isCode) lines.push(style.cyan(`  ${block}`));
    else if (block.startsWith('#')) lines.push(style.bold(block.replace(/^#+ /, '')));
    else lines.push(...wrapBlock(block, columns));
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Lines of prose that belong together are joined; code, headings, table rows and list items stand alone. */
function paragraphs(markdown: string): readonly string[] {
  const blocks: string[] = [];
  let isCode = false;
  let joins = false;
  for (const line of markdown.split('\n')) {
    const isFence = line.startsWith('```');
    if (isFence) isCode = !isCode;
    const last = blocks.at(-1);
    const isProse = !isCode && !isFence && line !== '' && !/^(?:#|\||[-*] |\d+\. )/.test(line);
    if (joins && isProse && last !== undefined) blocks[blocks.length - 1] = `${last} ${line.trim()}`;
    else blocks.push(line);
    joins = !isCode && !isFence && line !== '' && !/^[#|]/.test(line);
  }
  return blocks;
}

function wrapBlock(block: string, columns: number): readonly string[] {
  if (block.startsWith('|')) return [block];
  const mark = /^(?:[-*] |\d+\. )/.exec(block)?.[0] ?? '';
  return hang(block.slice(mark.length), columns, { first: mark });
}
