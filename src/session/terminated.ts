import type { Evidence } from './evidence.js';
import { UNKNOWN_EXIT } from './exit.js';
import type { EventBody } from './event.js';
import type { Session } from './session.js';

/** The event that tells why and how an ended session ended, as its record has it. */
export function terminated(session: Session, evidence?: Evidence): EventBody {
  const { code, signal } = session.exit ?? UNKNOWN_EXIT;
  return {
    type: 'terminated',
    sessionId: session.id,
    projectId: session.projectId,
    ...(evidence ? { evidence } : {}),
    reason: session.exit?.reason ?? 'external',
    exit: { code, signal },
  };
}
