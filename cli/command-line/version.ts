import { createRequire } from 'node:module';

/** This package's version. */
export const readVersion = (): string =>
  (createRequire(import.meta.url)('session-vitals/package.json') as { version: string }).version;
