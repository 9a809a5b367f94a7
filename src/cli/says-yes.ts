/** Whether an answer at the terminal is a yes; none is a no. */
export function saysYes(answer: string | undefined): boolean {
  return ['yes', 'y'].includes(answer?.trim().toLowerCase() ?? '');
}
