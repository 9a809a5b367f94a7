/** The version of callplan. `npm run release:version` writes it, equal to that of package.json. */
export const version = '0.1.0';
