import { thisMachine } from '../process/this-machine.js';
import type { Finding } from '../session/finding.js';
import { ok, warning } from '../session/make-finding.js';
import type { Checkup } from './checkup.js';

/** Clocks of machines that share a home differ by less. */
const TOLERANCE_MS = 60_000;

/** Whether this boot has a name, and the clock is not behind what was recorded. */
export function checkClock({ records, clock }: Pick<Checkup, 'records' | 'clock'>): Finding[] {
  const now = clock.now();
  const { bootId } = thisMachine();
  const times =
    records.type === 'read' ? records.snapshot.sessions.map(({ updatedAt }) => Date.parse(updatedAt)) : [];
  const aheadMs = times.reduce((latest, time) => Math.max(latest, time), 0) - now;
  const said = `it says ${new Date(now).toISOString()}`;
  return aheadMs > TOLERANCE_MS
    ? [
        warning(
          'clock',
          `${said}, and a record was written ${Math.round(aheadMs / 1_000)} s later than that`,
          'set the clock: sudo timedatectl set-ntp true',
        ),
      ]
    : [ok('clock', `${said}, in the boot ${bootId}`)];
}
