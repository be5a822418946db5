import { systemClock } from '../process/system-clock.js';
import type { RuntimeView } from '../runtime/runtime.js';
import type { Clock } from '../session/clock.js';
import type { Session } from '../session/session.js';
import type { ActivityReading, Agent } from './agent.js';
import { AgentProcessWatch, type AgentProcessLook } from './agent-process-watch.js';
import { recogniseAgent } from './recognise-agent.js';

type Agents = Readonly<Record<string, Agent>>;

/** What to ask about a session, once it was looked for the process of its agent. */
export interface LookedAt {
  look: AgentProcessLook;
  /** The session with the agent that was found in it. */
  session: Session;
}

/**
 * The same agents, each of which first looks for its own process below the program of the session: one that is gone,
 * although the program lives on, has `exited`; and where another agent was started by hand, that one is asked.
 */
export function withAgentProcesses(agents: Agents, { clock = systemClock }: { clock?: Clock } = {}): Agents {
  const watch = new AgentProcessWatch({ recognise: (command) => recogniseAgent(command, agents) });
  const detect = async (
    session: Session,
    view: RuntimeView,
    options: { signal: AbortSignal },
  ): Promise<ActivityReading> => {
    const { look, session: looked } = await lookForAgent(watch, { session, view, now: clock.now() });
    if (look.type === 'ended') return exited(look.detail, clock.now());
    const reading = await findAgent(agents, looked).detectActivity(looked, view, options);
    return look.type === 'found'
      ? { ...reading, found: { agent: look.agent, process: look.process } }
      : reading;
  };
  const watched = (agent: Agent): Agent => ({
    detectActivity: (session, view, options) =>
      view.process ? detect(session, view, options) : agent.detectActivity(session, view, options),
  });
  return Object.fromEntries(Object.entries(agents).map(([name, agent]) => [name, watched(agent)]));
}

function findAgent(agents: Agents, { agent: name }: Session): Agent {
  const agent = Object.hasOwn(agents, name) ? agents[name] : undefined;
  if (agent) return agent;
  throw new TypeError(`no agent is called ${JSON.stringify(name)} here`);
}

/** Looks for the agent of a session, and gives the session as it is then. */
export async function lookForAgent(
  watch: AgentProcessWatch,
  { session, view, now }: { session: Session; view: RuntimeView; now: number },
): Promise<LookedAt> {
  const { handle } = session;
  const root = handle && view.process?.(handle);
  if (!handle || !root) return { look: { type: 'none' }, session };
  const look = await watch.look(session, { root, signs: view.signs?.(handle) ?? null, now });
  if (look.type !== 'found') return { look, session };
  return { look, session: { ...session, agent: look.agent, agentProcess: look.process } };
}

const exited = (detail: string, now: number): ActivityReading => ({
  activity: 'exited',
  evidence: { source: 'process', detail, observedAt: new Date(now).toISOString() },
});
