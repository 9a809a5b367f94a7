/** YAML on a problem's page. */
export function example(yaml: string): string {
  return `\`\`\`yaml\n${yaml}\n\`\`\``;
}

/** What is wrong and what is right, one below the other. */
export function wrongAndRight(wrong: string, right: string): string {
  return `Wrong:\n\n${example(wrong)}\n\nRight:\n\n${example(right)}`;
}
