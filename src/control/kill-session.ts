import { RuntimeError } from '../runtime/runtime-error.js';
import type { SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { isTerminal } from '../session/status.js';
import { openAgentTerminal } from './agent-terminal.js';
import type { ControlContext } from './control-context.js';
import { endLeftover } from './end-leftover.js';
import { findHost } from './find-host.js';
import { updateSession } from './update-session.js';

/** How long a program may take to end after SIGTERM, unless told. */
export const DEFAULT_KILL_GRACE_MS = 5_000;

/** How long an agent may take to end its turn when it is interrupted: milliseconds. */
const INTERRUPT_LIMIT_MS = 2_000;

/** What became of it: `ended_before` if there was nothing left to kill. */
export interface KillResult {
  type: 'killed' | 'ended_before';
  session: Session;
}

/**
 * Records a session as killed, then ends its program and proves that it is gone: TERM, then KILL after `graceMs`, 5,000
 * unless told. A record that says that it has ended stays as it is, and a program that runs all the same is ended.
 * @throws {StoreError | InvalidRequestError | RuntimeError}
 */
export async function killSession(
  context: ControlContext,
  key: SessionKey,
  { graceMs = DEFAULT_KILL_GRACE_MS }: { graceMs?: number } = {},
): Promise<KillResult> {
  const { sessions, clock } = context;
  let hadEnded = false as boolean;
  let before = null as Session | null;
  const session = await updateSession(sessions, key, {
    writtenBy: 'kill',
    change: (fresh) => {
      hadEnded = isTerminal(fresh.status);
      before = fresh;
      if (hadEnded) return null;
      const at = new Date(clock.now()).toISOString();
      return {
        ...fresh,
        status: 'killed',
        idleSince: null,
        exit: { reason: 'killed_by_user', code: null, signal: null, at },
      };
    },
  });
  if (hadEnded) {
    const hadLeftover = await endLeftover(context, session, { graceMs });
    return { type: hadLeftover ? 'killed' : 'ended_before', session };
  }
  if (before) await interruptWork(context, before);
  if (session.handle) await findHost(session.runtime, context).end(session.handle, { graceMs });
  return { type: 'killed', session };
}

/** Ends the turn of an agent whose work would go on without its terminal; at most a courtesy, before the end is forced. */
async function interruptWork(context: ControlContext, session: Session): Promise<void> {
  const { agents } = context;
  const agent = Object.hasOwn(agents, session.agent) ? agents[session.agent] : undefined;
  const keys = agent?.tui?.typing.interrupt ?? [];
  if (keys.length === 0) return;
  try {
    const terminal = await openAgentTerminal(context, session);
    if (terminal.ended !== null || terminal.agent !== session.agent) return;
    const { dialog, composer } = await terminal.look();
    if (dialog || !composer) return;
    for (const key of keys) await terminal.press(key);
    await terminal.lookUntil(({ working }) => (working === null ? true : null), INTERRUPT_LIMIT_MS);
  } catch (error) {
    // Nothing is lost by it: what follows ends the program, and says if it can't.
    if (!(error instanceof RuntimeError)) throw error;
  }
}
