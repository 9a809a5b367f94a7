/** What Node says of certificates that lead to no authority it knows: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const codes = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

/** Whether the code of an error says that nobody whom this machine trusts has signed the other's certificate. */
export function isUntrusted(code: string): boolean {
  return codes.includes(code);
}
