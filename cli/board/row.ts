import {
  sessionKey,
  type Activity,
  type Evidence,
  type Exit,
  type Session,
  type Status,
} from '../../index.js';

/** A session as the board shows it. Times are ISO 8601. */
export interface Row {
  key: string;
  /** The shortest name that commands take for it, unless two projects have it. */
  name: string;
  status: Status;
  activity: Activity | null;
  /** Since when it has this status, as far as that was seen. */
  since: string;
  agent: string;
  /** What it is for, in the words of whoever started it; else its command. */
  what: string;
  evidence: Evidence | null;
  exit: (Exit & { reason: string }) | null;
}

/** The row of a record; `known` is the row that it had before. */
export function rowOf(session: Session, known?: Row): Row {
  const { id, projectId, status, activity, agent, task, command, evidence, exit, updatedAt } = session;
  return {
    key: sessionKey(session),
    name: projectId === 'default' ? id : sessionKey(session),
    status,
    activity,
    since: known?.status === status ? known.since : (exit?.at ?? updatedAt),
    agent,
    what: task ?? command.join(' '),
    evidence,
    exit,
  };
}
