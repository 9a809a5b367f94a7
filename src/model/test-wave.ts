/**
 * A test call is a wave of its own: all that keeps a call safe holds for it, and no recipient of a real wave is touched.
 * No wave of a file can have such a name, so that no reference of a test call is one of theirs.
 */
export const testWavePrefix = 'test:';

/** @param id anything that no other test call of the address has */
export function testWave(id: string): string {
  return `${testWavePrefix}${id}`;
}

/** Whether the wave holds a test call. */
export function isTestWave(wave: string): boolean {
  return wave.startsWith(testWavePrefix);
}
