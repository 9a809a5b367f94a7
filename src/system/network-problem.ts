import { isUntrusted } from '../model/untrusted-certificate.ts';

/** Without an answer, or without another byte of it. */
export const silenceMs = 30_000;
export const connectMs = 10_000;

const untrusted =
  'nobody whom this machine trusts has signed its certificate; NODE_EXTRA_CA_CERTS names a file of authorities of your own';

const problems: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its host is not known',
  EAI_AGAIN: 'its host could not be looked up',
  ECONNRESET: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  UND_ERR_CONNECT_TIMEOUT: `it did not answer within ${String(connectMs / 1000)} seconds`,
  UND_ERR_HEADERS_TIMEOUT: `it did not answer within ${String(silenceMs / 1000)} seconds`,
  UND_ERR_BODY_TIMEOUT: `it fell silent for ${String(silenceMs / 1000)} seconds`,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is that of another host',
  UND_ERR_INVALID_ARG: 'a header holds characters that no header may hold',
};

/** Words for an error of the network; undefined for any other. */
export function networkProblem(error: unknown): string | undefined {
  if (error instanceof AggregateError) return networkProblem(error.errors[0]);
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return isUntrusted(error.code) ? untrusted : (problems[error.code] ?? error.code);
}
