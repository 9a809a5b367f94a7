/** What a request's method and path lead to. */
export type Match<Target> =
  | { readonly kind: 'found'; readonly target: Target; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'missing' }
  | { readonly kind: 'wrong_method'; readonly allowed: readonly string[] };

type Route<Target> = { readonly method: string; readonly parts: readonly string[]; readonly target: Target };

/**
 * Routes are written `GET /workflows/:id/calls`; a part with a colon matches any one segment and names it. The first
 * that matches wins. A slash at the end of a path does not matter.
 */
export function router<Target>(
  routes: Readonly<Record<string, Target>>,
): (method: string, path: string) => Match<Target> {
  const compiled = Object.entries(routes).map(([route, target]): Route<Target> => {
    const [method = '', path = ''] = route.split(' ');
    return { method, parts: partsOf(path), target };
  });
  return (method, path) => {
    const parts = partsOf(path);
    const allowed: string[] = [];
    for (const route of compiled) {
      const params = match(route.parts, parts);
      if (params === undefined) continue;
      if (route.method === method) return { kind: 'found', target: route.target, params };
      allowed.push(route.method);
    }
    return allowed.length > 0 ? { kind: 'wrong_method', allowed } : { kind: 'missing' };
  };
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

function match(route: readonly string[], path: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (route.length !== path.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of route.entries()) {
    const found = path[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decoded(found);
    else if (part !== found) return undefined;
  }
  return params;
}

/** A segment that is wrongly encoded stands for itself, and so matches no id. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
