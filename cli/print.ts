/** Writes to stdout; resolves when it was written out, so that whoever waits for it never runs ahead of the reader. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Writes one value as a line of JSON. */
export const printJson = (value: unknown): Promise<void> => print(`${JSON.stringify(value)}\n`);

/** Whether a write failed only because the reader has gone, as in `vitals list | head -1`. */
export const isClosedPipe = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EPIPE';

/** Leaves it to each write to report its failure: without a listener, the stream itself would end the process. */
export function listenForWriteErrors(): void {
  process.stdout.on('error', () => undefined);
}
