/** Values below members of these names, wherever they stand in parsed JSON. */
export function secretValues(body: unknown, members: readonly string[]): readonly string[] {
  const found: string[] = [];
  const open: { readonly value: unknown; readonly secret: boolean }[] = [{ value: body, secret: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, secret } = next;
    if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        open.push({ value: member, secret: secret || members.includes(name) });
      }
    } else if (secret && (typeof value === 'string' || typeof value === 'number')) {
      found.push(String(value));
    }
  }
  return found;
}
