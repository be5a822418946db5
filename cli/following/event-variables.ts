import type { LifecycleEvent } from '../../index.js';

/** The most characters of a value: the system takes no variable of more than 128 KiB. */
const MAX_LENGTH = 4_096;

/** An event as variables of the environment; null is one that this event does not have, and must not be inherited. */
export function eventVariables(event: LifecycleEvent): Record<string, string | null> {
  const fields: Record<string, unknown> = { ...event };
  const { sessionId, projectId, exit } = fields as {
    sessionId?: string;
    projectId?: string;
    exit?: ExitLike;
  };
  const text = (value: unknown): string | null =>
    typeof value === 'string' || typeof value === 'number' ? shorten(String(value)) : null;
  return {
    VITALS_EVENT: event.type,
    VITALS_SEQ: text(event.seq),
    VITALS_TIME: text(event.time),
    VITALS_SESSION: sessionId === undefined ? null : text(`${projectId ?? ''}/${sessionId}`),
    VITALS_SESSION_ID: text(sessionId),
    VITALS_PROJECT_ID: text(projectId),
    VITALS_STATUS: text(fields['to'] ?? fields['status']),
    VITALS_OLD_STATUS: text(fields['from']),
    VITALS_ACTIVITY: text(fields['next'] ?? fields['activity']),
    VITALS_OLD_ACTIVITY: text(fields['prev']),
    VITALS_REASON: text(fields['reason']),
    VITALS_EXIT_CODE: text(exit?.code),
    VITALS_EXIT_SIGNAL: text(exit?.signal),
    VITALS_MESSAGE: text(fields['message']),
    VITALS_EVIDENCE: text((fields['evidence'] as { detail?: unknown } | undefined)?.detail),
    VITALS_MISSED: text(fields['missed']),
  };
}

interface ExitLike {
  code: number | null;
  signal: string | null;
}

// A variable ends where its first NUL stands.
const shorten = (value: string): string => value.replaceAll('\0', '').slice(0, MAX_LENGTH);
