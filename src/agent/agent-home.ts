import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { KnownProcess } from '../process/check-process.js';
import { readEnvironment } from '../process/read-environment.js';
import type { AgentOptions } from './agent-options.js';

export interface AgentHomeQuery {
  env: NonNullable<AgentOptions['env']>;
  /** The variable that names the folder itself, where there is one. */
  variable?: string;
  /** Its name in the user's home otherwise. */
  folder: string;
}

/** The folder of one agent's process: by its own environment, or by `env` where that can't be read or names none. */
export function processHome(agent: KnownProcess | null, { env, ...query }: AgentHomeQuery): string {
  const own = agent && readEnvironment(agent.pid);
  const home = own ? agentHome({ env: own, ...query }) : '';
  // A relative path is relative to a directory that the agent may have left since.
  return isAbsolute(home) ? home : agentHome({ env, ...query });
}

/** An agent's own folder. */
export function agentHome({ env, variable, folder }: AgentHomeQuery): string {
  const named = variable === undefined ? '' : (env[variable] ?? '');
  const home = env['HOME'] ?? '';
  return named === '' ? join(home === '' ? homedir() : home, folder) : named;
}
