import type { CursorFile } from '../index.js';
import type { EventFilter } from './event-filter.js';
import { cursorOf, fitsLine, type Line } from './open-lines.js';
import { isClosedPipe, printJson } from './print.js';

/** Prints lines until there are no more, or nobody reads them; the cursor file is at the last one that was written out. */
export async function printLines(
  lines: AsyncIterable<Line>,
  { filter, cursorFile }: { filter: EventFilter; cursorFile: CursorFile | null },
): Promise<void> {
  try {
    for await (const line of lines) {
      if (fitsLine(line, filter)) await printJson(line);
      const cursor = cursorOf(line);
      if (cursor !== null) cursorFile?.note(cursor);
    }
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  } finally {
    await cursorFile?.flush();
  }
}
