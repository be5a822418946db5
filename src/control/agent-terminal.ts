import { setTimeout as delay } from 'node:timers/promises';
import { AgentProcessWatch, type AgentProcessLook } from '../agent/agent-process-watch.js';
import { recogniseAgent } from '../agent/recognise-agent.js';
import { readTui, type TuiReading } from '../agent/tui/read-tui.js';
import type { TuiRules } from '../agent/tui/tui-rules.js';
import { lookForAgent } from '../agent/with-agent-processes.js';
import { NotSupportedError, ProgramGoneError } from '../runtime/runtime-error.js';
import type { RuntimeView } from '../runtime/runtime.js';
import type { SessionHost } from '../runtime/session-host.js';
import type { Handle } from '../session/handle.js';
import { sessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { isTerminal } from '../session/status.js';
import type { ControlContext } from './control-context.js';
import { findHost } from './find-host.js';

/** How long the runtime may take to answer: milliseconds. */
const TIMEOUT_MS = 5_000;

/** How often a screen is read that is waited for: milliseconds. */
const POLL_MS = 40;

/** The terminal of a session's program, and the agent that runs in it at this moment. */
export interface AgentTerminal {
  session: Session;
  /** The agent's name: a guest's, where one was started by hand. */
  agent: string;
  /** How its screen is read; null where nothing is known of it. */
  rules: TuiRules | null;
  /** Why nothing may be typed: its agent has ended, and something else reads the keys. */
  ended: string | null;
  /** Reads the screen now. */
  look(): Promise<TuiReading>;
  /** Reads the screen again and again until `accept` takes a reading; null once `limitMs` have passed. */
  lookUntil<T>(accept: (reading: TuiReading) => T | null, limitMs: number): Promise<T | null>;
  /** Writes text, as a paste. */
  paste(text: string): Promise<void>;
  /** Types keys, as a keyboard does. */
  press(keys: string): Promise<void>;
}

/**
 * Opens the terminal of a live session's program.
 * @throws {ProgramGoneError | NotSupportedError | InvalidRequestError | RuntimeError}
 */
export async function openAgentTerminal(context: ControlContext, session: Session): Promise<AgentTerminal> {
  const handle = handleOf(session);
  const host = findHost(session.runtime, context);
  const view = await host.observe([handle], { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const { state, evidence } = view.liveness(handle);
  if (state === 'dead') throw new ProgramGoneError(`${sessionKey(session)} has ended: ${evidence.detail}`);
  const { agents, clock } = context;
  const watch = new AgentProcessWatch({ recognise: (command) => recogniseAgent(command, agents) });
  const { look, session: looked } = await lookForAgent(watch, { session, view, clock });
  // An agent that is not known here is a program like any other.
  const known = Object.hasOwn(agents, looked.agent) ? agents[looked.agent] : undefined;
  const rules = known?.tui ?? null;
  return {
    ...terminalOf(host, { handle, view, rules }),
    session,
    agent: looked.agent,
    rules,
    ended: endOf(look, session),
  };
}

/** Why there is no agent to type to any more; null where there is one, or where there never was. */
function endOf(look: AgentProcessLook, { leftAgent }: Session): string | null {
  if (look.type === 'ended' || look.type === 'left') return look.detail;
  return leftAgent && look.type === 'none' ? `${leftAgent.agent} left its shell at ${leftAgent.at}` : null;
}

/** The handle of a session whose program can be typed at. @throws {ProgramGoneError} */
function handleOf(session: Session): Handle {
  const { handle, status } = session;
  if (isTerminal(status)) throw new ProgramGoneError(`${sessionKey(session)} has ended: it is ${status}`);
  if (handle) return handle;
  throw new ProgramGoneError(`${sessionKey(session)} has not started yet: try again in a moment`);
}

function terminalOf(
  host: SessionHost,
  { handle, view, rules }: { handle: Handle; view: RuntimeView; rules: TuiRules | null },
): Pick<AgentTerminal, 'look' | 'lookUntil' | 'paste' | 'press'> {
  const look = async (): Promise<TuiReading> => {
    if (!rules || !view.screen) throw new NotSupportedError('its screen can not be read');
    return readTui(await view.screen(handle), rules);
  };
  return {
    look,
    async lookUntil(accept, limitMs) {
      const end = performance.now() + limitMs;
      for (;;) {
        const accepted = accept(await look());
        if (accepted !== null) return accepted;
        if (performance.now() >= end) return null;
        await delay(POLL_MS);
      }
    },
    paste: (text) => host.send(handle, text, { submit: false }),
    async press(keys) {
      if (!host.type) throw new NotSupportedError('this runtime has no keyboard');
      await host.type(handle, keys);
    },
  };
}
