/** The folder of package.json. */
export const root: string
/** Installs the packages and builds the app where they are missing or out of date. */
export function prepare(): void
