import type { Session } from './session.js';

/** A file in a session's place that is no record that can be read. */
export interface UnreadableFile {
  path: string;
  projectId: string;
  /** Null where the file's name is no id, or where a whole project can't be listed. */
  id: string | null;
  message: string;
  /** Changes when the file does: the same bad file is reported once. */
  fingerprint: string;
}

/** All records at one instant, newest first, and the files that could not be read as one. Whoever has it shares it. */
export interface Snapshot {
  sessions: readonly Readonly<Session>[];
  unreadable: readonly UnreadableFile[];
}

/** Whether a session's record may be there although it is in no list: it, or its whole project, can't be read. */
export const isHidden = (
  { projectId, id }: { projectId: string; id: string },
  unreadable: readonly UnreadableFile[],
): boolean => unreadable.some((file) => file.projectId === projectId && (file.id === null || file.id === id));

/** Whether two lists are the same one, which nobody can have changed since. */
export const isSameList = <T>(one: readonly T[], other: readonly T[]): boolean =>
  one === other && Object.isFrozen(one);

/** Whether a snapshot says what the one before did: a store whose snapshots are shared shows that by the very lists. */
export const isSameSnapshot = (one: Snapshot, other: Snapshot): boolean =>
  isSameList(one.sessions, other.sessions) && isSameList(one.unreadable, other.unreadable);
