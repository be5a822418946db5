import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AgentOptions } from './agent-options.js';

export interface AgentHomeQuery {
  env: NonNullable<AgentOptions['env']>;
  /** The variable that names the folder itself, where there is one. */
  variable?: string;
  /** Its name in the user's home otherwise. */
  folder: string;
}

/** An agent's own folder. */
export function agentHome({ env, variable, folder }: AgentHomeQuery): string {
  const named = variable === undefined ? '' : (env[variable] ?? '');
  const home = env['HOME'] ?? '';
  return named === '' ? join(home === '' ? homedir() : home, folder) : named;
}
