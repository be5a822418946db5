import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { errorCode } from '../session/error-code.js';
import type { Place } from '../session/place.js';
import type { JournalLine } from './journal-line.js';
import { listSegments, type Segment } from './segments.js';
import { splitLines } from './split-lines.js';

const CHUNK_BYTES = 256 * 1024;

/** What a reader finds next: a line, or that the events before it, up to `at`, were pruned before they could be read. */
export type JournalNews = JournalLine | { type: 'gap'; missed: number; at: Place };

/** Where a reader stands: in a segment, after so many bytes of whole lines. */
export interface Position {
  segment: Segment;
  offset: number;
  at: Place;
}

/** Reads a journal forward, whether or not somebody writes it. It holds one descriptor, until it is closed. */
export class JournalReader {
  readonly #directory: string;
  #position: Position | null;
  #fd: number | null = null;
  #chunk = Buffer.alloc(CHUNK_BYTES);

  /** Begins at `position`; null is before all that will ever be there. */
  constructor(directory: string, position: Position | null) {
    this.#directory = directory;
    this.#position = position;
  }

  /** The place after the last thing that was read; null before the first. */
  get at(): Place | null {
    return this.#position?.at ?? null;
  }

  /** What comes next, some hundred lines of it; nothing at the end of the journal. */
  read(): JournalNews[] {
    const lines = this.#readHere();
    if (lines.length > 0) return lines;
    if (!this.#goOn()) return [];
    return this.read();
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }

  #readHere(): JournalNews[] {
    const here = this.#position;
    if (!here) return [];
    const bytes = this.#readBytes(here);
    const { lines, length } = splitLines(bytes);
    // A line that is longer than the chunk: a checkpoint of many sessions.
    if (length === 0 && bytes.length === this.#chunk.length) {
      this.#chunk = Buffer.alloc(2 * this.#chunk.length);
      return this.#readHere();
    }
    here.offset += length;
    return lines.flatMap((line) => this.#pass(here, line));
  }

  #readBytes({ segment, offset }: Position): Buffer {
    try {
      this.#fd ??= openSync(segment.path, 'r');
    } catch (error) {
      // It was pruned: what was not read of it is a gap.
      if (errorCode(error) === 'ENOENT') return Buffer.alloc(0);
      throw error;
    }
    return this.#chunk.subarray(0, readSync(this.#fd, this.#chunk, 0, this.#chunk.length, offset));
  }

  #pass(here: Position, line: JournalLine): JournalNews[] {
    const before = here.at;
    here.at = line.type === 'event' ? { epoch: line.event.epoch, seq: line.event.seq } : line.at;
    if (line.type === 'event' || line.at.seq <= before.seq) return [line];
    return [{ type: 'gap', missed: line.at.seq - before.seq, at: line.at }, line];
  }

  /** To the next segment, if there is one and this one is read to its end. */
  #goOn(): boolean {
    const here = this.#position;
    const segments = listSegments(this.#directory);
    const isNext = ({ after }: Segment, than: Segment): boolean =>
      after > than.after || (after === than.after && this.#isRemoved());
    const next = here ? segments.find((segment) => isNext(segment, here.segment)) : segments[0];
    if (!next) return false;
    // The end of this one was written before the next one began: read what came meanwhile.
    if (here && this.#hasMore(here)) return true;
    this.close();
    this.#position = { segment: next, offset: 0, at: here?.at ?? { epoch: '', seq: next.after } };
    return true;
  }

  /** Whether the segment that is open is in no folder any more: another one may have taken its place. */
  #isRemoved(): boolean {
    return this.#fd !== null && fstatSync(this.#fd).nlink === 0;
  }

  #hasMore(here: Position): boolean {
    return splitLines(this.#readBytes(here)).length > 0;
  }
}
