/** A figure beside its bound: a ratio in one run, or a limit. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Undefined: told, not bounded. */
  readonly atMost?: number;
  /** What the ratio was made of. */
  readonly of: string;
};

export function holds({ value, atMost }: Figure): boolean {
  return atMost === undefined || value <= atMost;
}

/** One line a figure. */
export function table(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  return figures
    .map((figure) => {
      const value = `${figure.value.toFixed(2)} ${figure.unit}`.padStart(14);
      const bound = figure.atMost === undefined ? ''.padEnd(12) : `<= ${String(figure.atMost)}`.padEnd(12);
      const verdict = figure.atMost === undefined ? '    ' : holds(figure) ? 'ok  ' : 'MISS';
      return `${verdict}  ${figure.name.padEnd(width)} ${value}  ${bound} ${figure.of}\n`;
    })
    .join('');
}
