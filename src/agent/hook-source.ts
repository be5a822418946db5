import type { Session } from '../session/session.js';
import type { HookNote, HookNotes } from './hook-note.js';
import { answered, failed, silent } from './reading-of.js';
import { restActivity } from './rest-activity.js';
import type { SourceReading } from './source-reading.js';

/** What a session's hooks said last, and which conversation they were about. */
export interface HookAnswer {
  reading: SourceReading;
  conversation: string | null;
}

/** What the agent's hooks said last of a session; `hooks` is null where nobody keeps their notes. */
export async function readHook(
  session: Session,
  { hooks, now }: { hooks: HookNotes | null; now: number },
): Promise<HookAnswer> {
  const nothing = (detail: string): HookAnswer => ({
    reading: silent('hook', { detail, atMs: now }),
    conversation: null,
  });
  if (!hooks) return nothing('no hooks are kept');
  try {
    const note = await hooks.latest(session);
    return note ? readNote(note, { session, now }) : nothing('no hook has spoken');
  } catch (error) {
    return { reading: failed('hook', error, now), conversation: null };
  }
}

function readNote(
  { event, at, activity, detail, conversation = null }: HookNote,
  { session, now }: { session: Session; now: number },
): HookAnswer {
  const atMs = Date.parse(at);
  const said = { detail: detail === '' ? event : detail, atMs: Number.isNaN(atMs) ? 0 : atMs };
  // A hook of a program that ran under this name before says nothing of the one that runs now.
  if (said.atMs < Date.parse(session.createdAt)) {
    const reading = silent('hook', { ...said, detail: `${said.detail}, before the session began` });
    return { reading, conversation: null };
  }
  if (activity === null) return { reading: silent('hook', said), conversation };
  const known = activity === 'ready' ? restActivity(now - said.atMs) : activity;
  return { reading: answered('hook', known, said), conversation };
}
