import { systemClock } from '../process/system-clock.js';
import type { RuntimeView } from '../runtime/runtime.js';
import type { Clock } from '../session/clock.js';
import type { Session } from '../session/session.js';
import type { Agent } from './agent.js';
import type { ActivityReading } from './source/activity-reading.js';
import { AgentProcessWatch, type AgentPlace, type AgentProcessLook } from './agent-process-watch.js';
import { readOneShot } from './one-shot.js';
import { recogniseAgent } from './recognise-agent.js';
import { readingOf } from './source/weigh-sources.js';

type Agents = Readonly<Record<string, Agent>>;

/** What to ask about a session, once it was looked for the process of its agent. */
export interface LookedAt {
  look: AgentProcessLook;
  /** The session with the agent that was found in it. */
  session: Session;
}

/**
 * The same agents, each of which first looks for its own process below the program of the session: one that is gone,
 * although the program lives on, has `exited`; and where another agent was started by hand, that one is asked, until it
 * has left.
 */
export function withAgentProcesses(agents: Agents, { clock = systemClock }: { clock?: Clock } = {}): Agents {
  const watch = new AgentProcessWatch({ recognise: (command) => recogniseAgent(command, agents) });
  const detect = async (
    session: Session,
    view: RuntimeView,
    options: { signal: AbortSignal },
  ): Promise<ActivityReading> => {
    const { look, session: looked } = await lookForAgent(watch, { session, view, clock });
    if (look.type === 'ended') return exited(look.detail, clock.now());
    const oneShot = readOneShot(looked, clock.now());
    const { holds, ...reading } = oneShot
      ? { ...readingOf([oneShot], clock.now()), holds: () => true }
      : await findAgent(agents, looked).detectActivity(looked, view, options);
    if (look.type === 'found') return { ...reading, found: { agent: look.agent, process: look.process } };
    if (look.type === 'left') {
      const evidence = { source: 'process', detail: look.detail, observedAt: reading.evidence.observedAt };
      return { ...reading, evidence, found: { agent: look.agent, process: null } };
    }
    const place = placeOf(session, view, clock);
    if (look.type === 'unknown' || !holds || !place) return reading;
    const lasts = watch.lasting(session, place);
    return {
      ...reading,
      holds: (later) => {
        const laterPlace = placeOf(session, later, clock);
        return laterPlace !== null && lasts(laterPlace) && holds(later);
      },
    };
  };
  const watched = (agent: Agent): Agent => ({
    forget: (key) => {
      watch.forget(key);
      agent.forget?.(key);
    },
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
  { session, view, clock }: { session: Session; view: RuntimeView; clock: Clock },
): Promise<LookedAt> {
  const place = placeOf(session, view, clock);
  if (!place) return { look: { type: 'none' }, session };
  const look = await watch.look(session, place);
  if (look.type === 'left') return { look, session: { ...session, agent: look.agent, agentProcess: null } };
  if (look.type !== 'found') return { look, session };
  return { look, session: { ...session, agent: look.agent, agentProcess: look.process } };
}

/** Where the agent's process is looked for; null if there is nothing that it could be below. */
function placeOf({ handle }: Session, view: RuntimeView, clock: Clock): AgentPlace | null {
  const root = handle && view.process?.(handle);
  return handle && root ? { root, signs: view.signs?.(handle) ?? null, now: clock.now() } : null;
}

const exited = (detail: string, now: number): ActivityReading => ({
  activity: 'exited',
  evidence: { source: 'process', detail, observedAt: new Date(now).toISOString() },
});
