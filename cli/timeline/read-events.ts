import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { EVENT_TYPES, STATUSES, type LifecycleEvent } from '../../index.js';
import { say } from '../output/say.js';

/** The events of lines of JSON; what is none is left out and counted. Events of types that came later are left out. */
export async function readEvents(input: Readable): Promise<{ events: LifecycleEvent[]; unreadable: number }> {
  const events: LifecycleEvent[] = [];
  let unreadable = 0;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    const event = parseEvent(line);
    if (event === null) unreadable += 1;
    else if ((EVENT_TYPES as readonly string[]).includes(event.type)) events.push(event);
  }
  return { events, unreadable };
}

/** The events on a stream of lines; how many lines are none is said on stderr. */
export async function readInputEvents(input: Readable): Promise<LifecycleEvent[]> {
  const { events, unreadable } = await readEvents(input);
  if (unreadable > 0) say(`${unreadable} lines of the input are no events: they are left out`);
  return events;
}

function parseEvent(line: string): LifecycleEvent | null {
  const value = parseObject(line);
  if (!value || typeof value['type'] !== 'string' || Number.isNaN(Date.parse(String(value['time']))))
    return null;
  return FIELDS.every(({ type, field, fits }) => value['type'] !== type || fits(value[field]))
    ? (value as unknown as LifecycleEvent)
    : null;
}

function parseObject(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const isStatus = (value: unknown): boolean => (STATUSES as readonly unknown[]).includes(value);
const isText = (value: unknown): boolean => typeof value === 'string';
const isExit = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** What the picture is made of. */
const FIELDS = [
  ...(['session_restored', 'spawned', 'status_changed', 'terminated', 'session_removed'] as const).flatMap(
    (type) => [
      { type, field: 'sessionId', fits: isText },
      { type, field: 'projectId', fits: isText },
    ],
  ),
  { type: 'session_restored', field: 'status', fits: isStatus },
  { type: 'spawned', field: 'status', fits: isStatus },
  { type: 'status_changed', field: 'to', fits: isStatus },
  { type: 'terminated', field: 'exit', fits: isExit },
  { type: 'lagged', field: 'missed', fits: (value: unknown) => typeof value === 'number' },
];
