/** The campaign's key of a resource as words of a sentence: `use_case` is a use case. */
export function spoken(noun: string): string {
  return noun.replaceAll('_', ' ');
}
