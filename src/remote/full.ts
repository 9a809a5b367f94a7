/**
 * Whether a 429 is about calls at the same time, not about requests in a time: then the next call has to wait for the end of
 * another. No page of the four providers has a sign of it but Vocode's, whose number pool can be used up ("all steering-pool
 * numbers in use"), so the words decide; a 429 without any is about requests.
 * @param explanation the provider's words
 */
export function saysFull(explanation: string): boolean {
  return words.test(explanation);
}

const words =
  /concurren|simultaneous|at once|at the same time|in use|in progress|(?:active|open|parallel|ongoing) calls|channels|lines? (?:are |is )?(?:busy|full)|capacity/i;
