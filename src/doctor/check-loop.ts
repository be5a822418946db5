import { describeLease } from '../lease/describe-lease.js';
import { leaseLock } from '../lease/lease-layout.js';
import { readLease } from '../lease/read-lease.js';
import { checkProcess } from '../process/check-process.js';
import type { Finding } from '../session/finding.js';
import { broken, ok, warning } from '../session/make-finding.js';
import { messageOf } from '../session/message-of.js';
import { readChain } from '../store/lock-chain.js';
import { describeHolder } from '../store/record-lock.js';
import type { Checkup } from './checkup.js';

/** Who runs the loop of the home, and whether its passes end. */
export async function checkLoop({
  layout: { home },
  clock,
}: Pick<Checkup, 'layout' | 'clock'>): Promise<Finding[]> {
  const now = clock.now();
  try {
    const lease = await readLease(home, { now });
    if (lease.type === 'free') return [await describeFree(home)];
    const found = describeLease(lease, { now });
    const { pid } = lease.holder;
    if (lease.isStalled) return [warning('loop', found, `look at process ${pid}: end it if it hangs`)];
    const { state, detail } = checkProcess(lease.holder);
    if (state === 'alive') return [ok('loop', found)];
    const cure = `make sure that it runs there; if not, remove ${leaseLock(home)}`;
    return [warning('loop', `${found}, as far as can be told: ${detail}`, cure)];
  } catch (error) {
    return [broken('loop', messageOf(error), 'do as it says')];
  }
}

async function describeFree(home: string): Promise<Finding> {
  const last = (await readChain(leaseLock(home))).at(-1);
  if (!last) return ok('loop', 'no process runs it: vitals events does');
  const found = `${describeHolder(last)} ran it and was killed: nobody does now`;
  return warning('loop', found, 'start it again: vitals events');
}
