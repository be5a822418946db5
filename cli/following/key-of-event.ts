import { sessionKey, type LifecycleEvent, type SessionKey } from '../../index.js';

/** The key of the session that an event is about; null if it is about none. */
export const keyOfEvent = (event: LifecycleEvent): SessionKey | null =>
  'sessionId' in event && event.projectId !== undefined
    ? sessionKey({ projectId: event.projectId, id: event.sessionId })
    : null;
