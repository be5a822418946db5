/** stdout takes no more; `code` is the system's error code: `EPIPE` where its reader has gone. */
export class OutputError extends Error {
  readonly code: string | null;

  constructor(cause: NodeJS.ErrnoException) {
    super(`can't write to stdout: ${cause.message}; mend what it goes to, or send it elsewhere`, { cause });
    this.name = 'OutputError';
    this.code = cause.code ?? null;
  }
}
