import {
  defaultAgents,
  defaultRuntimes,
  HookFiles,
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
export function openContext({ home, tmuxSocket }: ContextFlags): ControlContext {
  const sessions = new SessionManager({ home: resolveHome({ home, env: process.env }) });
  return {
    sessions,
    runtimes: defaultRuntimes({ socketPath: tmuxSocket }),
    agents: defaultAgents({ hooks: new HookFiles({ layout: sessions.layout }) }),
    clock: systemClock,
  };
}
