import { parseLine, type JournalLine } from './journal-line.js';

const NEWLINE = 0x0a;

/** The whole lines of some bytes. What is torn or damaged, and all after it, is left out. */
export interface SplitLines {
  lines: JournalLine[];
  /** After how many bytes each line ends. */
  ends: number[];
  /** How many bytes the lines take. */
  length: number;
}

export function splitLines(bytes: Buffer): SplitLines {
  const lines: JournalLine[] = [];
  const ends: number[] = [];
  let length = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, length)) {
    const line = parseLine(bytes.toString('utf8', length, end));
    if (!line) break;
    length = end + 1;
    lines.push(line);
    ends.push(length);
  }
  return { lines, ends, length };
}
