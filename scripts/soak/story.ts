import type { LifecycleEvent } from '../../src/session/event.js';
import { formatCursor, parseCursor } from '../../src/session/place.js';
import { sessionKey } from '../../src/session/session-key.js';
import type { Session } from '../../src/session/session.js';
import { isTerminal } from '../../src/session/status.js';

interface Chapter {
  isThere: boolean;
  status: string;
  activity: string | null;
  terminations: number;
}

/** What one output told, folded: every session's story, and whether a line was missing or came twice. */
export class Story {
  events = 0;
  gaps = 0;
  duplicates = 0;
  readonly #chapters = new Map<string, Chapter>();
  #cursor: string;
  #seq: number;

  /** Begins after a cursor. */
  constructor(cursor: string) {
    this.#cursor = cursor;
    this.#seq = parseCursor(cursor)?.seq ?? 0;
  }

  get cursor(): string {
    return this.#cursor;
  }

  /** How many sessions it ever told of. */
  get sessions(): number {
    return this.#chapters.size;
  }

  take(event: LifecycleEvent): void {
    this.events += 1;
    if (event.seq <= this.#seq) this.duplicates += 1;
    if (event.seq > this.#seq + 1 || event.type === 'lagged') this.gaps += 1;
    this.#seq = Math.max(this.#seq, event.seq);
    this.#cursor = formatCursor(event);
    if ('sessionId' in event && event.projectId !== undefined) {
      this.#tell(sessionKey({ projectId: event.projectId, id: event.sessionId }), event);
    }
  }

  /** Where it differs from the records, and where a session's end was not told once. */
  differences(sessions: readonly Session[]): string[] {
    const records = new Map(sessions.map((session) => [sessionKey(session), session]));
    const differing = [...this.#chapters].flatMap(([key, chapter]) =>
      compare(chapter, records.get(key)).map((what) => `${key}: ${what}`),
    );
    const untold = [...records.keys()].filter((key) => !this.#chapters.has(key));
    return [...differing, ...untold.map((key) => `${key}: never told of`)];
  }

  #tell(key: string, event: LifecycleEvent): void {
    const chapter = this.#chapters.get(key) ?? {
      isThere: false,
      status: '',
      activity: null,
      terminations: 0,
    };
    this.#chapters.set(key, chapter);
    switch (event.type) {
      case 'spawned':
      case 'session_restored':
        chapter.isThere = true;
        chapter.status = event.status;
        chapter.activity = event.activity;
        return;
      case 'status_changed':
        chapter.status = event.to;
        return;
      case 'activity_changed':
        chapter.activity = event.next;
        return;
      case 'terminated':
        chapter.terminations += 1;
        return;
      case 'session_removed':
        chapter.isThere = false;
        return;
      default:
    }
  }
}

function compare(chapter: Chapter, record: Session | undefined): string[] {
  const { isThere, status, activity, terminations } = chapter;
  const differences: string[] = [];
  if (isThere !== (record !== undefined)) {
    differences.push(isThere ? 'told to be there, and gone' : 'told to be gone, and there');
  }
  if (isThere && record && (record.status !== status || record.activity !== activity)) {
    differences.push(
      `told ${status}/${activity ?? '-'}, recorded ${record.status}/${record.activity ?? '-'}`,
    );
  }
  const ended = status === '' ? terminations : Number(isTerminal(status as Session['status']));
  if (terminations !== ended) differences.push(`${status}, its end told ${terminations} times`);
  return differences;
}
