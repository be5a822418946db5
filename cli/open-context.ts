import {
  defaultAgents,
  defaultRuntimes,
  resolveHome,
  SessionManager,
  systemClock,
  type ControlContext,
} from '../index.js';

export interface ContextFlags {
  home?: string | undefined;
  tmuxSocket?: string | undefined;
}

/** What the commands act with: the home of the flags or the environment, and everything that comes with the package. */
export const openContext = ({ home, tmuxSocket }: ContextFlags): ControlContext => ({
  sessions: new SessionManager({ home: resolveHome({ home, env: process.env }) }),
  runtimes: defaultRuntimes({ socketPath: tmuxSocket }),
  agents: defaultAgents(),
  clock: systemClock,
});
