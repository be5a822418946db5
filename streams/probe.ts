import { catchError, defer, map, of, timeout, type Observable, type SchedulerLike } from 'rxjs';
import type { Agent } from '../src/agent/agent.js';
import type { RuntimeView } from '../src/runtime/runtime.js';
import type { Clock } from '../src/session/clock.js';
import { UNKNOWN_EXIT } from '../src/session/exit.js';
import { messageOf } from '../src/session/message-of.js';
import type { Reading } from '../src/session/reading.js';
import { sessionKey, type SessionKey } from '../src/session/session-key.js';
import type { Session } from '../src/session/session.js';
import { checkActivity } from './answers/check-activity.js';
import { expectPromise } from './answers/expect-promise.js';
import { readLiveness } from './answers/read-liveness.js';
import { fromAbortable } from './from-abortable.js';
import type { Resting } from './resting.js';

export interface ProbeOptions {
  settings: {
    agents: Readonly<Record<string, Agent>>;
    probeTimeoutMs: number;
    scheduler: SchedulerLike;
    clock: Clock;
  };
  /** The sessions whose agent has not answered yet: it is not asked again until it does. */
  unanswered: Set<SessionKey>;
  /** Where it notes an answer that says for how long it holds. */
  resting: Pick<Resting, 'add'>;
}

/** What is to be probed: a session, its server as it was just now, and whether that server's outage was told. */
export interface ProbeTarget {
  session: Session;
  view: RuntimeView;
  isOutage: boolean;
}

/** Asks runtime and agent about one session: exactly one reading, and never an error. */
export function probe({ session, view, isOutage }: ProbeTarget, options: ProbeOptions): Observable<Reading> {
  const { handle } = session;
  if (!handle) return of({ type: 'no_handle', handle });
  return defer(() => {
    const { state, evidence, exit = UNKNOWN_EXIT } = readLiveness(view, handle);
    if (state === 'unknown') return of<Reading>({ type: 'unknown', handle, evidence, outage: isOutage });
    if (state === 'dead') return of<Reading>({ type: 'dead', handle, evidence, exit });
    return probeAgent(session, { type: 'alive', handle, evidence, activity: null, exit }, view, options);
  }).pipe(
    catchError((error: unknown) => {
      const observedAt = new Date(options.settings.clock.now()).toISOString();
      const evidence = { source: 'probe', detail: messageOf(error), observedAt };
      return of<Reading>({ type: 'unknown', handle, evidence, outage: false });
    }),
  );
}

function probeAgent(
  session: Session,
  alive: Extract<Reading, { type: 'alive' }>,
  view: RuntimeView,
  { settings: { agents, probeTimeoutMs, scheduler }, unanswered, resting }: ProbeOptions,
): Observable<Reading> {
  const failed = (failure: string): Reading => ({ ...alive, failure });
  const noAnswer = `the agent ${session.agent} did not answer within ${probeTimeoutMs} ms`;
  const agent = Object.hasOwn(agents, session.agent) ? agents[session.agent] : undefined;
  if (!agent) return of(failed(`no agent is called ${JSON.stringify(session.agent)} here`));
  const key = sessionKey(session);
  if (unanswered.has(key)) return of(failed(noAnswer));
  return fromAbortable((options) => {
    const answer = expectPromise(
      agent.detectActivity(session, view, options),
      "the agent's detectActivity()",
    );
    unanswered.add(key);
    return answer.finally(() => unanswered.delete(key));
  }).pipe(
    map((answer): Reading => {
      const { activity, evidence, found, holds } = checkActivity(answer);
      const reading: Reading = { ...alive, activity, evidence, ...(found && { found }) };
      if (holds) resting.add(session, { reading, holds });
      return reading;
    }),
    timeout({ first: probeTimeoutMs, scheduler, with: () => of(failed(noAnswer)) }),
    catchError((error: unknown) => of(failed(messageOf(error)))),
  );
}
