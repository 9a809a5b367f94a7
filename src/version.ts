/** The version of callplan; the same as in package.json, written there by `npm run version`. */
export const version = '0.1.0';
