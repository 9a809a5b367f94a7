/** How many results are kept by default: enough for what repeats in a list, such as appointments. */
const defaultLimit = 4096;

/**
 * Keeps results of a pure function of a text and a second text, since lists repeat themselves. The store is emptied
 * when it is full, so memory stays flat. A map for each second text: a key made of both would be hashed anew for each row.
 */
export function remember<Result>(
  make: (text: string, context: string) => Result,
  limit: number = defaultLimit,
): (text: string, context?: string) => Result {
  const known = new Map<string, Map<string, { readonly result: Result }>>();
  let kept = 0;
  return (text, context = '') => {
    const found = known.get(context)?.get(text);
    if (found !== undefined) return found.result;
    const result = make(text, context);
    if (kept >= limit) {
      known.clear();
      kept = 0;
    }
    const ofContext = known.get(context) ?? new Map<string, { readonly result: Result }>();
    known.set(context, ofContext.set(text, { result }));
    kept += 1;
    return result;
  };
}
