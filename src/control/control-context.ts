import type { Agent } from '../agent/agent.js';
import type { SessionHost } from '../runtime/session-host.js';
import type { Clock } from '../session/clock.js';
import type { SessionManager } from '../store/session-manager.js';

/** What it takes to act on sessions. */
export interface ControlContext {
  sessions: SessionManager;
  runtimes: Readonly<Record<string, SessionHost>>;
  agents: Readonly<Record<string, Agent>>;
  clock: Clock;
}
