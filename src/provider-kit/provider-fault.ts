import { redact } from '../remote/redact.ts';

/** The code of a provider's module did what it may not: it threw, or gave something that it may not give. */
export class ProviderFault extends Error {
  /** `provider`: its name and file; `where`: the member of the contract. */
  constructor(provider: string, where: string, what: unknown) {
    super(`the provider ${provider} failed in ${where}: ${saidBy(what)}`, { cause: what });
    this.name = 'ProviderFault';
  }
}

/** An error of somebody else's code, without what may be private. */
export function saidBy(error: unknown): string {
  return redact(error instanceof Error ? `${error.name}: ${error.message}` : String(error), []);
}
