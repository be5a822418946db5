import type { Agent } from './agent.js';

/** The name of the first agent that recognises a command as its own; null if none does. */
export function recogniseAgent(
  command: readonly string[],
  agents: Readonly<Record<string, Agent>>,
): string | null {
  const found = Object.entries(agents).find(([, agent]) => agent.recognises?.(command) === true);
  return found ? found[0] : null;
}
