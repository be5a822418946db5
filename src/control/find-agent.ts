import type { Agent } from '../agent/agent.js';
import type { ControlContext } from './control-context.js';
import { InvalidRequestError } from './invalid-request-error.js';

/** The agent of this name. @throws {InvalidRequestError} if there is none. */
export function findAgent(name: string, { agents }: Pick<ControlContext, 'agents'>): Agent {
  const agent = Object.hasOwn(agents, name) ? agents[name] : undefined;
  if (agent) return agent;
  throw new InvalidRequestError(
    `there is no agent ${JSON.stringify(name)}: take one of ${Object.keys(agents).join(', ')}`,
  );
}
