import { defaultAgents, LifecycleManager, SessionManager, type Handle, type Runtime } from '../../index.js';
import { WARM_UP_PASSES, type Enter } from '../contender.js';

const lastOutputAt = new Date(Date.now() - 3_600_000).toISOString();

/** A runtime that knows at once that everything is well: what a pass costs without any server. */
const wellRuntime: Runtime = {
  serverOf: () => 'stand-in',
  observe: () => {
    const observedAt = new Date().toISOString();
    const evidence = { source: 'stand-in', detail: 'all is well', observedAt };
    const signs = { lastOutputAt, title: '', bell: false };
    return Promise.resolve({
      liveness: (_handle: Handle) => ({ state: 'alive' as const, evidence }),
      signs: () => signs,
    });
  },
};

/** session-vitals over a runtime that costs nothing. */
export const enter: Enter = async ({ home }) => {
  const sessions = new SessionManager({ home });
  const manager = new LifecycleManager({
    sessions,
    runtimes: { tmux: wellRuntime },
    agents: defaultAgents(),
    lease: 'none',
  });
  for (let pass = 0; pass < WARM_UP_PASSES; pass += 1) await manager.tick();
  return { pass: () => manager.tick(), close: () => manager.stop() };
};
