import { describeLease } from '../lease/describe-lease.js';
import { readLease } from '../lease/read-lease.js';
import type { Finding } from '../runtime/finding.js';
import { messageOf } from '../session/message-of.js';
import type { ControlContext } from './control-context.js';

/** Who runs the loop of the home, and whether its passes end. */
export async function checkLease({
  sessions,
  clock,
}: Pick<ControlContext, 'sessions' | 'clock'>): Promise<Finding> {
  const subject = 'loop';
  const now = clock.now();
  try {
    const lease = await readLease(sessions.home, { now });
    const message = describeLease(lease, { now });
    if (lease.type === 'free' || !lease.isStalled) return { subject, state: 'ok', message };
    return {
      subject,
      state: 'warning',
      message,
      cure: `look at process ${lease.holder.pid}: end it if it hangs`,
    };
  } catch (error) {
    return { subject, state: 'broken', message: messageOf(error), cure: 'mend the home' };
  }
}
