import type { Campaign } from '../model/campaign.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isText, type Value } from '../model/value.ts';
import { valueAt } from '../model/value-at.ts';

/** What looks like a name in a text that is said, and is said as it stands. `spoken` are the texts' dotted paths. */
export function singleBraces(
  { resource }: Pick<Campaign, 'resource'>,
  spoken: readonly string[],
): readonly Diagnostic[] {
  const { fields = {}, places, noun } = resource;
  return spoken.flatMap((path) => {
    const names = stretchesOf(valueAt(fields, path.split('.'))).flatMap(namesIn);
    const at = places[path];
    return [...new Set(names)].map((name) => ({
      code: 'TEMPLATE_SINGLE_BRACES' as const,
      args: { path: `${noun}.${path}`, name },
      ...(at !== undefined && { at }),
    }));
  });
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<![{$])\{\s*([A-Za-z_]\w*)\s*\}(?!\})/g)].map(([, name = '']) => name);
}

/** Names that are filled in stand between the stretches. */
function stretchesOf(value: Value | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return value !== undefined && isText(value) ? value.$text.filter((part) => typeof part === 'string') : [];
}
