import type { ServerIdentity } from './server-identity.js';

/** A session of one life of a server: `$3` of another server is another session. */
export interface SessionIdentity extends ServerIdentity {
  sessionId: string;
}
