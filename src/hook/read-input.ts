import type { Readable } from 'node:stream';

/** A hook's JSON may hold what a tool printed; beyond this it is not kept. */
export const MAX_INPUT_BYTES = 1024 * 1024;

/** How long an agent may take to hand over its JSON, unless told: 2 s. */
export const INPUT_TIMEOUT_MS = 2_000;

/** What came in, or why it is of no use. */
export type Input = { type: 'text'; text: string } | { type: 'useless'; message: string };

/** Reads a stream to its end, but for a limited time, and keeps a limited part of it: never an error. */
export function readInput(
  stream: Readable,
  { maxBytes = MAX_INPUT_BYTES, timeoutMs = INPUT_TIMEOUT_MS } = {},
): Promise<Input> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (input: Input): void => {
      clearTimeout(timer);
      stream.destroy();
      resolve(input);
    };
    const finishWhole = (): void => {
      if (size > maxBytes) finish({ type: 'useless', message: `stdin holds more than ${maxBytes} bytes` });
      else finish({ type: 'text', text: Buffer.concat(chunks).toString('utf8') });
    };
    // An agent may leave the pipe open although it has said all.
    const timer = setTimeout(finishWhole, timeoutMs);
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      // It is read on nevertheless: an agent that can't write out its JSON may take that for a failure.
      if (size <= maxBytes) chunks.push(chunk);
    });
    stream.on('end', finishWhole);
    stream.on('error', (error) =>
      finish({ type: 'useless', message: `stdin can't be read: ${error.message}` }),
    );
  });
}
