import { createRequire } from 'node:module';
import {
  defaultAgents,
  defaultRuntimes,
  HookFiles,
  readDescribedAgents,
  resolveHome,
  SessionManager,
  systemClock,
  type ControlContext,
} from '../index.js';
import { say } from './output/say.js';

export interface ContextFlags {
  home?: string | undefined;
  tmuxSocket?: string | undefined;
}

/**
 * What the commands act with: the home of the flags or the environment, everything that comes with the package, and the
 * agents that the home's `agents/*.yaml` describe. A file that describes none is told on stderr.
 */
export function openContext({ home, tmuxSocket }: ContextFlags): ControlContext {
  const sessions = new SessionManager({ home: resolveHome({ home, env: process.env }) });
  const options = { hooks: new HookFiles({ layout: sessions.layout }) };
  const described = readDescribedAgents(sessions.layout.agentsDirectory, { ...options, parseYaml });
  for (const { path, message } of described.problems) say(`vitals: ${path} describes no agent: ${message}`);
  return {
    sessions,
    runtimes: defaultRuntimes({ socketPath: tmuxSocket }),
    // A description takes the place of an agent of the same name.
    agents: { ...described.agents, ...defaultAgents(options), ...described.agents },
    clock: systemClock,
  };
}

/** The library is loaded with the first file, and most homes have none. */
function parseYaml(text: string): unknown {
  const { parse } = createRequire(import.meta.url)('yaml') as { parse: (source: string) => unknown };
  return parse(text);
}
