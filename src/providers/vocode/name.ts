/** The ownership mark of an agent: the end of its name, as there is no other room. */
import { parseMark, printMark } from '../../model/mark.ts';
import type { Mark } from '../../model/plan.ts';

/** `Lead call-back [callplan:1 …]`; an agent without a name of its own carries the mark alone. Null: no name at all. */
export function markedName(name: string | undefined, mark: Mark | undefined): string | null {
  const parts = [name ?? '', mark === undefined ? '' : printMark(mark)];
  return parts.filter((part) => part !== '').join(' ') || null;
}

/** Takes the mark out of a name, wherever somebody may have moved it; the last one counts. */
export function takeName(written: string): { readonly name: string; readonly mark?: Mark } {
  for (const { 0: text, index } of [...written.matchAll(/\[callplan:1 [^[\]]*\]/g)].toReversed()) {
    const mark = parseMark(text);
    if (mark === undefined) continue;
    const before = written.slice(0, index).replace(/ $/, '');
    return { name: before + written.slice(index + text.length), mark };
  }
  return { name: written };
}
