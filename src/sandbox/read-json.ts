/** What a body says; `wrong` where it is not JSON, undefined where there is none. */
export function readJson(
  body: string | undefined,
): { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'wrong' } {
  if (body === undefined || body === '') return { kind: 'json', value: undefined };
  try {
    return { kind: 'json', value: JSON.parse(body) };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'wrong' };
    throw error;
  }
}
