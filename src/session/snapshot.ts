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

/** All records at one instant, newest first, and the files that could not be read as one. */
export interface Snapshot {
  sessions: Session[];
  unreadable: UnreadableFile[];
}
