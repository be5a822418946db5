import { print } from './print.js';

const LINES_A_WRITE = 256;

/** Writes values as lines of JSON, many at a time; resolves when the last was written out. */
export async function printJsonLines(values: readonly unknown[]): Promise<void> {
  for (let first = 0; first < values.length; first += LINES_A_WRITE) {
    const lines = values.slice(first, first + LINES_A_WRITE).map((value) => `${JSON.stringify(value)}\n`);
    await print(lines.join(''));
  }
}
