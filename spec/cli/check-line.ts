import { isDeepStrictEqual } from 'node:util';
import { lineSchema } from '../../src/session/published-schema.js';
import type { LifecycleEvent } from '../../src/session/event.js';

/** A line of `vitals events`, which must be what its published schema says, and nothing more. */
export function checkLine(line: string): LifecycleEvent {
  const value: unknown = JSON.parse(line);
  const { success, data, error } = lineSchema.safeParse(value);
  if (!success) throw new Error(`this line is not of the published shape: ${line}: ${error.message}`);
  if (!isDeepStrictEqual(data, value))
    throw new Error(`this line has more than the published shape: ${line}`);
  return value as LifecycleEvent;
}
