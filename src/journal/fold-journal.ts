import type { Place } from '../session/place.js';
import { ToldView } from '../session/told-view.js';
import { listSegments, readSegment, type Segment } from './segments.js';
import { splitLines } from './split-lines.js';

/** What a journal says: all that was told, up to a place. */
export interface Folded {
  told: ToldView;
  at: Place;
  segment: Segment;
  /** How many bytes of the segment are whole lines. */
  length: number;
  /** When the oldest event of the segment was told, in epoch milliseconds; null if there is none. */
  firstEventMs: number | null;
  /** Segments after it of which nothing can be read, as after a loss of power. */
  damaged: Segment[];
}

/** Folds the newest segment, which opens with a checkpoint of all before it; null if there is no journal. */
export function foldJournal(directory: string): Folded | null {
  const damaged: Segment[] = [];
  for (const segment of listSegments(directory).reverse()) {
    const bytes = readSegment(segment);
    // It was pruned since they were listed: there are newer ones.
    if (!bytes) return foldJournal(directory);
    const folded = foldSegment(segment, bytes);
    if (folded) return { ...folded, damaged };
    damaged.unshift(segment);
  }
  return null;
}

function foldSegment(segment: Segment, bytes: Buffer): Omit<Folded, 'damaged'> | null {
  const { lines, length } = splitLines(bytes);
  const [first] = lines;
  if (first?.type !== 'checkpoint') return null;
  let told = new ToldView();
  let at = first.at;
  let firstEventMs: number | null = null;
  for (const line of lines) {
    if (line.type === 'checkpoint') {
      told = new ToldView(line.told);
    } else {
      told.tell(line.event);
      firstEventMs ??= Date.parse(line.event.time);
      at = { epoch: line.event.epoch, seq: line.event.seq };
    }
  }
  return { told, at, segment, length, firstEventMs };
}
