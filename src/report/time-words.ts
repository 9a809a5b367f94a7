/** `2026-11-24 10:00 Africa/Lagos` of ISO 8601 with an offset; without a zone the offset stays. */
export function timeWords(iso: string, zone: string | null = null): string {
  const [, day = '', time = '', offset = ''] = /^(.{10})T(\d\d:\d\d):\d\d(.*)$/.exec(iso) ?? [];
  return `${day} ${time} ${zone ?? offset}`;
}
