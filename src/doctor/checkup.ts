import type { Agent } from '../agent/agent.js';
import type { SessionHost } from '../runtime/session-host.js';
import type { Clock } from '../session/clock.js';
import type { Finding } from '../session/finding.js';
import type { Snapshot } from '../session/snapshot.js';
import type { HomeLayout } from '../store/home-layout.js';

/** What the checks look at. */
export interface Checkup {
  layout: HomeLayout;
  /** The records, or why they can't be read. */
  records: { type: 'read'; snapshot: Snapshot } | { type: 'unreadable'; message: string };
  runtimes: Readonly<Record<string, SessionHost>>;
  agents: Readonly<Record<string, Agent>>;
  clock: Clock;
  env: NodeJS.ProcessEnv;
  /** How a shell calls this very program; null if that is not known. */
  program: string | null;
  /** Whether a person reads what is found. */
  isTerminal: boolean;
}

/** Looks at one thing, and changes nothing; what it throws is a finding of its own. */
export type Check = (checkup: Checkup) => Finding[] | Promise<Finding[]>;
