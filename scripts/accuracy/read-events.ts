import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { LABELS } from './recording.js';

const eventSchema = z.object({
  ts: z.string().transform((text) => Date.parse(text)),
  kind: z.string(),
  session_id: z.string(),
  adapter: z.string().optional(),
  cwd: z.string().optional(),
  transcript_path: z.string().optional(),
  file_size: z.number().int().nonnegative().optional(),
  new_state: z.enum(LABELS).optional(),
  prev_state: z.string().optional(),
  hook_name: z.string().optional(),
});

/** Something that the other monitor saw; `ts` is epoch milliseconds. */
export type RecordedEvent = z.infer<typeof eventSchema>;

/** The events of a recording, in order, and how many lines are none. */
export async function readEvents(path: string): Promise<{ events: RecordedEvent[]; unreadable: number }> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  const events = lines.flatMap((line) => parseEvent(line) ?? []).filter(({ ts }) => !Number.isNaN(ts));
  return {
    events: events.toSorted((one, other) => one.ts - other.ts),
    unreadable: lines.length - events.length,
  };
}

function parseEvent(line: string): RecordedEvent | null {
  try {
    return eventSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch (error) {
    // It is counted as unreadable by whoever called.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
