import { writeFile } from 'node:fs/promises';
import type { LifecycleEvent } from '../../index.js';
import { isClosedPipe, print } from '../output/print.js';
import { say } from '../output/say.js';
import { drawSvg } from './draw-svg.js';
import { drawText } from './draw-text.js';
import { makeTimeline, type TimeRange } from './timeline.js';

const PICTURE_WIDTH = 1000;
const TEXT_WIDTH = 80;

export interface PrintTimelineOptions {
  events: Iterable<LifecycleEvent>;
  /** What part of the time is wanted; all that the events tell of, if left out. */
  range: TimeRange | undefined;
  /** A file's path; stdout, if left out. */
  output: string | undefined;
  text: boolean;
  /** In pixels, or in columns of text. */
  width: number | undefined;
}

/** Draws events; resolves to the exit code. */
export async function printTimeline(options: PrintTimelineOptions): Promise<number> {
  const { events, range, output, text, width } = options;
  const timeline = makeTimeline(events, range);
  if (!timeline) {
    say('vitals: no event is about a session: there is nothing to draw');
    return 1;
  }
  const picture = text
    ? drawText(timeline, { width: width ?? (process.stdout.columns || TEXT_WIDTH) })
    : drawSvg(timeline, { width: width ?? PICTURE_WIDTH });
  try {
    await (output === undefined ? print(picture) : writeFile(output, picture));
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  }
  return 0;
}
