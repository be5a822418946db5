/** The system's code of an error (`ENOENT`), or null. Errors of Node's own are not always `instanceof Error`. */
export function errorCode(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}
