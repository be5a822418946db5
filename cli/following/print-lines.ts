import type { CursorFile } from '../../index.js';
import type { EventFilter } from './event-filter.js';
import type { LinePrinter } from '../output/line-printer.js';
import { cursorOf, fitsLine, type Line } from './open-lines.js';
import { isClosedPipe } from '../output/print.js';

export interface PrintLinesOptions {
  printer: LinePrinter;
  filter: EventFilter;
  cursorFile: CursorFile | null;
}

/**
 * Prints lines until there are no more, nobody reads them, or the printer is closed; the cursor file is at the last one
 * that was written out.
 */
export async function printLines(
  lines: AsyncIterable<Line>,
  { printer, filter, cursorFile }: PrintLinesOptions,
): Promise<void> {
  try {
    for await (const line of lines) {
      if (fitsLine(line, filter) && !(await printer.print(line))) return;
      const cursor = cursorOf(line);
      if (cursor !== null) cursorFile?.note(cursor);
    }
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  } finally {
    await cursorFile?.flush();
  }
}
