import { AgentProcessWatch, type AgentProcessLook } from '../agent/agent-process-watch.js';
import type { Agent } from '../agent/agent.js';
import { readingOf, weighSources, type WeighingRule } from '../agent/source/weigh-sources.js';
import { readOneShot } from '../agent/one-shot.js';
import { recogniseAgent } from '../agent/recognise-agent.js';
import type { Source, SourceReading } from '../agent/source/source-reading.js';
import { lookForAgent } from '../agent/with-agent-processes.js';
import { RuntimeError } from '../runtime/runtime-error.js';
import type { RuntimeView } from '../runtime/runtime.js';
import { UNKNOWN_EXIT } from '../session/exit.js';
import type { Handle } from '../session/handle.js';
import type { Liveness } from '../session/liveness.js';
import { messageOf } from '../session/message-of.js';
import type { Reading } from '../session/reading.js';
import type { Session } from '../session/session.js';
import { isTerminal } from '../session/status.js';
import { transition } from '../session/transition.js';
import { findRule, type TransitionRule } from '../session/transition-rule.js';
import type { ControlContext } from './control-context.js';
import { findHost } from './find-host.js';

/** How long runtime and agent may take to answer, unless told: 5 s each. */
const TIMEOUT_MS = 5_000;

/** Why a session has its status: what its runtime and each source of its agent say now, and what follows from that. */
export interface Explanation {
  /** The record as it is on disk. */
  session: Session;
  /** Null of a session that is not asked about: it has ended, or has not started. */
  liveness: Liveness | null;
  agentProcess: AgentProcessLook;
  /** What each source says. */
  sources: SourceReading[];
  /** The row by which they were weighed, and the source that decided; null where none was asked. */
  weighing: { rule: WeighingRule; source: Source | null } | null;
  /** The row of the transition that decides. */
  rule: TransitionRule;
  /** What the next pass would make of it. */
  next: Pick<Session, 'status' | 'activity'>;
}

/** Probes a session now, and explains what that means for its status; nothing is written. */
export async function explainSession(
  context: ControlContext,
  session: Session,
  { stuckAfterMs }: { stuckAfterMs?: number | undefined } = {},
): Promise<Explanation> {
  const { clock } = context;
  const probed = await probe(context, session);
  const moment = { now: clock.now(), awake: clock.awake?.(), stuckAfterMs };
  const { status, activity } = transition(session, probed.reading, moment).session;
  const { liveness, agentProcess, sources } = probed;
  return {
    ...{ session, liveness, agentProcess, sources },
    weighing: sources.length === 0 ? null : weigh(sources, clock.now()),
    rule: findRule(session, probed.reading, moment),
    next: { status, activity },
  };
}

function weigh(sources: readonly SourceReading[], now: number): Explanation['weighing'] {
  const { rule, reading } = weighSources(sources, now);
  return { rule, source: reading?.source ?? null };
}

interface Probed extends Pick<Explanation, 'liveness' | 'agentProcess' | 'sources'> {
  reading: Reading;
}

const NOT_ASKED = { liveness: null, agentProcess: { type: 'none' }, sources: [] } as const;

async function probe(context: ControlContext, session: Session): Promise<Probed> {
  const { handle } = session;
  if (!handle || isTerminal(session.status)) {
    return { ...NOT_ASKED, sources: [], reading: { type: 'no_handle', handle: null } };
  }
  const observedAt = new Date(context.clock.now()).toISOString();
  try {
    const view = await inTime(
      findHost(session.runtime, context).observe([handle], { signal: signal() }),
      'its runtime',
    );
    return await probeLive(context, session, { handle, view });
  } catch (error) {
    const evidence = { source: 'probe', detail: messageOf(error), observedAt };
    const reading: Reading = { type: 'unknown', handle, evidence, outage: false };
    return { ...NOT_ASKED, sources: [], liveness: { state: 'unknown', evidence }, reading };
  }
}

async function probeLive(
  context: ControlContext,
  session: Session,
  { handle, view }: { handle: Handle; view: RuntimeView },
): Promise<Probed> {
  const liveness = view.liveness(handle);
  const { state, evidence, exit = UNKNOWN_EXIT } = liveness;
  const notAsked = { ...NOT_ASKED, sources: [], liveness };
  if (state === 'unknown') {
    const outage = view.outage !== undefined;
    return { ...notAsked, reading: { type: 'unknown', handle, evidence, outage } };
  }
  if (state === 'dead') return { ...notAsked, reading: { type: 'dead', handle, evidence, exit } };

  const { agents, clock } = context;
  const watch = new AgentProcessWatch({ recognise: (command) => recogniseAgent(command, agents) });
  const looked = await lookForAgent(watch, { session, view, clock });
  const alive = { type: 'alive', handle, evidence, exit } as const;
  const agentProcess = looked.look;
  if (agentProcess.type === 'ended') {
    return { liveness, agentProcess, sources: [], reading: { ...alive, activity: 'exited' } };
  }
  const sources = await askSources(context, looked.session, view);
  return { liveness, agentProcess, sources, reading: { ...alive, ...answerOf(sources, clock.now()) } };
}

async function askSources(
  { agents, clock }: ControlContext,
  session: Session,
  view: RuntimeView,
): Promise<SourceReading[]> {
  const agent = Object.hasOwn(agents, session.agent) ? agents[session.agent] : undefined;
  const failed = (message: string): SourceReading[] => [
    {
      ...{ source: 'screen', state: 'failed', activity: null },
      ...{ detail: message, observedAt: new Date(clock.now()).toISOString() },
    },
  ];
  if (!agent) return failed(`no agent is called ${JSON.stringify(session.agent)} here`);
  const oneShot = readOneShot(session, clock.now());
  if (oneShot) return [oneShot];
  try {
    return await inTime(explain(agent, session, view), 'its agent');
  } catch (error) {
    return failed(messageOf(error));
  }
}

async function explain(agent: Agent, session: Session, view: RuntimeView): Promise<SourceReading[]> {
  if (agent.explain) return agent.explain(session, view, { signal: signal() });
  const { activity, evidence } = await agent.detectActivity(session, view, { signal: signal() });
  const { source, ...said } = evidence;
  const state = activity === null ? 'silent' : 'answered';
  return [{ source: source as SourceReading['source'], state, activity, ...said }];
}

function answerOf(
  sources: readonly SourceReading[],
  now: number,
): Pick<Extract<Reading, { type: 'alive' }>, 'activity' | 'failure'> {
  try {
    return { activity: readingOf(sources, now).activity };
  } catch (error) {
    return { activity: null, failure: messageOf(error) };
  }
}

const signal = (): AbortSignal => AbortSignal.timeout(TIMEOUT_MS);

/** What somebody answers in time; else an error that says who did not. */
async function inTime<T>(answer: Promise<T>, who: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new RuntimeError(`${who} did not answer within ${TIMEOUT_MS} ms`)),
      TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
