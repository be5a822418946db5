import { defaultAgents, defaultRuntimes, LifecycleManager, SessionManager } from '../../index.js';
import type { Enter } from '../contender.js';

/** How many passes it takes until every session is known to be at work: then nothing is written any more. */
const WARM_UP_PASSES = 3;

/** session-vitals itself. */
export const enter: Enter = async ({ home, socketPath }) => {
  const manager = new LifecycleManager({
    sessions: new SessionManager({ home }),
    runtimes: defaultRuntimes({ socketPath }),
    agents: defaultAgents(),
    lease: 'none',
  });
  for (let pass = 0; pass < WARM_UP_PASSES; pass += 1) await manager.tick();
  return { pass: () => manager.tick(), close: () => manager.stop() };
};
