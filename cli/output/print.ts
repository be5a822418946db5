import { OutputError } from './output-error.js';

/**
 * Writes to stdout; resolves when it was written out, so that whoever waits for it never runs ahead of the reader.
 * @throws {OutputError}
 */
export async function print(text: string | Uint8Array): Promise<void> {
  try {
    await write(text);
  } catch (error) {
    throw new OutputError(error as NodeJS.ErrnoException);
  }
}

/** Writes one value as a line of JSON. */
export const printJson = (value: unknown): Promise<void> => print(`${JSON.stringify(value)}\n`);

/** Whether a write failed only because the reader has gone, as in `vitals list | head -1`. */
export const isClosedPipe = (error: unknown): boolean =>
  error instanceof OutputError && error.code === 'EPIPE';

/** Leaves it to each write to report its failure: without a listener, the stream itself would end the process. */
export function listenForWriteErrors(): void {
  process.stdout.on('error', () => undefined);
}

/** A file's stream throws at once; a pipe's tells later. */
function write(text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
