/** The provider's clock and ours may differ by so much; where they are further apart nobody is dialled (design 6.3). */
export const clocksApartMs: number = 5 * 60_000;
