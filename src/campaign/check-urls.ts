import type { Diagnostic } from '../model/diagnostic.ts';
import { isLoopback } from '../model/loopback.ts';
import type { CampaignProvider } from './campaign-provider.ts';
import { visits } from './visits.ts';
import type { SourcedMap } from './sourced.ts';
import { printPath } from './sourced.ts';

/** URLs that receive the credential are https, or http on this machine, and nothing but an address. */
export function checkUrls(root: SourcedMap, provider: CampaignProvider | undefined): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { path, node, notes } of visits(root, provider?.name, provider?.language?.schemas)) {
    if (!notes.url || node.kind !== 'scalar' || typeof node.value !== 'string') continue;
    const problem = problemOf(node.value, printPath(path));
    if (problem !== undefined) found.push({ ...problem, at: node.place });
  }
  return found;
}

function problemOf(text: string, path: string): Diagnostic | undefined {
  const url = URL.parse(text);
  if (url === null) return { code: 'URL_INVALID', args: { path, problem: 'it is not a URL' } };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { code: 'URL_INVALID', args: { path, problem: `it begins with ${url.protocol}` } };
  }
  if (url.username !== '' || url.password !== '') {
    return { code: 'URL_INVALID', args: { path, problem: 'it holds a user or a password' } };
  }
  if (url.search !== '' || url.hash !== '') {
    return { code: 'URL_INVALID', args: { path, problem: 'it holds a query or a fragment' } };
  }
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return undefined;
  return { code: 'URL_INSECURE', args: { path, host: url.hostname } };
}
