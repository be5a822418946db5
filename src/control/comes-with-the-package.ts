import { defaultAgents } from '../agent/default-agents.js';
import { DescribedAgent } from '../agent/described/agent-description.js';
import { defaultRuntimes } from '../runtime/default-runtimes.js';

export interface Extensions {
  runtimes: Readonly<Record<string, object>>;
  agents: Readonly<Record<string, object>>;
}

/**
 * Whether all of these are of this package, under their own names, or described in the home: then every process that runs
 * the loop knows them.
 */
export const comesWithThePackage = ({ runtimes, agents }: Extensions): boolean =>
  areAmong(runtimes, defaultRuntimes()) && areAmong(agents, defaultAgents());

const areAmong = (some: Readonly<Record<string, object>>, ours: Readonly<Record<string, object>>): boolean =>
  Object.entries(some).every(
    ([name, one]) =>
      one instanceof DescribedAgent ||
      (Object.hasOwn(ours, name) && ours[name]?.constructor === one.constructor),
  );
