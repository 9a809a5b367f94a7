/** How many results are kept by default: enough for what repeats in a list, such as appointments. */
const defaultLimit = 4096;

/**
 * Keeps results of a pure function of a text and a second text, since lists repeat themselves. The store is emptied
 * when it is full, so memory stays flat.
 */
export function remember<Result>(
  make: (text: string, context: string) => Result,
  limit: number = defaultLimit,
): (text: string, context: string) => Result {
  const known = new Map<string, { readonly result: Result }>();
  return (text, context) => {
    const key = `${context}\n${text}`;
    const found = known.get(key);
    if (found !== undefined) return found.result;
    const made = { result: make(text, context) };
    if (known.size >= limit) known.clear();
    known.set(key, made);
    return made.result;
  };
}
