import type { Session } from '../../session/session.js';
import type { HookNote, HookNotes } from '../hook-note.js';
import { answered, failed, silent } from './reading-of.js';
import { restActivity } from './rest-activity.js';
import type { WatchedReading } from './source-reading.js';

/** What a session's hooks said last, and which conversation they were about. */
export interface HookAnswer extends WatchedReading {
  conversation: string | null;
}

/** What the agent's hooks said last of a session; `hooks` is null where nobody keeps their notes. */
export async function readHook(
  session: Session,
  { hooks, now }: { hooks: HookNotes | null; now: number },
): Promise<HookAnswer> {
  const silence = (detail: string): Told => ({
    reading: silent('hook', { detail, atMs: now }),
    conversation: null,
  });
  if (!hooks) return { ...silence('no hooks are kept'), isUnchanged: () => true };
  try {
    // Before the note is read: what is written between is read again.
    const isUnchanged = hooks.lasting?.(session) ?? null;
    const note = await hooks.latest(session);
    const told = note ? readNote(note, { session, now }) : silence('no hook has spoken');
    return { ...told, isUnchanged };
  } catch (error) {
    return { reading: failed('hook', error, now), conversation: null, isUnchanged: null };
  }
}

type Told = Pick<HookAnswer, 'reading' | 'conversation'>;

function readNote(
  { event, at, activity, detail, conversation = null, error }: HookNote,
  { session, now }: { session: Session; now: number },
): Told {
  const atMs = Date.parse(at);
  const said = { detail: detail === '' ? event : detail, atMs: Number.isNaN(atMs) ? 0 : atMs };
  // A hook of a program that ran under this name before says nothing of the one that runs now.
  if (said.atMs < Date.parse(session.createdAt)) {
    const reading = silent('hook', { ...said, detail: `${said.detail}, before the session began` });
    return { reading, conversation: null };
  }
  if (activity === null) return { reading: silent('hook', said), conversation };
  const known = activity === 'ready' ? restActivity(now - said.atMs) : activity;
  const reading = answered('hook', known, said);
  return {
    reading: error === undefined ? reading : { ...reading, isTurnOver: true, error },
    conversation,
  };
}
