/**
 * What is alike in refusals for one cause: a status and words. Providers put ids, times and counts between the words, which
 * differ with each request; each word with a digit in it counts as one of these, and so does a long run of hex digits.
 */
export function likenessOf(reason: string): string {
  const [, status = '', words = ''] = /^(HTTP \d{3}\b)?(.*)$/s.exec(reason) ?? [];
  return status + words.replaceAll(idLike, '#');
}

const idLike = /[\p{L}\p{N}_-]*\p{N}[\p{L}\p{N}_.,:+-]*|(?<!\p{L})[0-9a-f]{8,}(?!\p{L})/giu;
