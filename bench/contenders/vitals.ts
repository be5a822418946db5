import { defaultRuntimes, LifecycleManager, SessionManager } from '../../index.js';
import { WARM_UP_PASSES, type Enter } from '../contender.js';

/** session-vitals itself. */
export const enter: Enter = async ({ home, socketPath }) => {
  const manager = new LifecycleManager({
    sessions: new SessionManager({ home }),
    runtimes: defaultRuntimes({ socketPath }),
    lease: 'none',
  });
  for (let pass = 0; pass < WARM_UP_PASSES; pass += 1) await manager.tick();
  return { pass: () => manager.tick(), close: () => manager.stop() };
};
