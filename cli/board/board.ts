import { sessionKey, type LifecycleEvent, type Session } from '../../index.js';
import { keyOfEvent } from '../following/key-of-event.js';
import { rowOf, type Row } from './row.js';

/** How many events are kept for the board's foot. */
const NEWS_LIMIT = 50;

/** What the board knows: a row a session, and the newest events first. */
export interface Board {
  rows: ReadonlyMap<string, Row>;
  news: readonly LifecycleEvent[];
}

export const EMPTY_BOARD: Board = { rows: new Map(), news: [] };

/** The board once the records were read anew: these sessions, and no others. */
export function foldRecords(board: Board, sessions: readonly Session[]): Board {
  const rows = sessions.map((session) => rowOf(session, board.rows.get(sessionKey(session))));
  return { ...board, rows: new Map(rows.map((row) => [row.key, row])) };
}

/** The board after an event. */
export function foldEvent(board: Board, event: LifecycleEvent): Board {
  const news = [event, ...board.news].slice(0, NEWS_LIMIT);
  const key = keyOfEvent(event);
  const row = key === null ? undefined : board.rows.get(key);
  if (!row) return { ...board, news };
  const rows = new Map(board.rows);
  if (event.type === 'session_removed') rows.delete(row.key);
  else rows.set(row.key, changeRow(row, event));
  return { rows, news };
}

/** Whether only the records can tell what an event is about. */
export function needsRecords(board: Board, event: LifecycleEvent): boolean {
  const key = keyOfEvent(event);
  return (
    event.type === 'lagged' || (key !== null && !board.rows.has(key) && event.type !== 'session_removed')
  );
}

function changeRow(row: Row, event: LifecycleEvent): Row {
  const evidence = ('evidence' in event ? event.evidence : null) ?? row.evidence;
  switch (event.type) {
    case 'status_changed':
      return { ...row, evidence, status: event.to, since: event.time };
    case 'activity_changed':
      return { ...row, evidence, activity: event.next };
    case 'terminated':
      return { ...row, evidence, exit: { ...event.exit, reason: event.reason } };
    case 'spawned':
    case 'session_restored':
      return { ...row, evidence, status: event.status, activity: event.activity };
    default:
      return row;
  }
}
