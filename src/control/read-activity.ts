import type { Activity } from '../session/activity.js';
import type { Handle } from '../session/handle.js';
import type { Session } from '../session/session.js';
import type { ControlContext } from './control-context.js';
import { findAgent } from './find-agent.js';
import { findHost } from './find-host.js';

const TIMEOUT_MS = 5_000;

/** What a session's agent is doing at this moment; null if that is not known. */
export async function readActivity(
  context: ControlContext,
  session: Session,
  handle: Handle,
): Promise<Activity | null> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const view = await findHost(session.runtime, context).observe([handle], { signal });
  if (view.liveness(handle).state !== 'alive') return null;
  return (await findAgent(session.agent, context).detectActivity(session, view, { signal })).activity;
}
