// Makes one pass over a home whose reality stands in a file, tells on stdout what it was told, and dies at a point of it.
import fs, { readFileSync, writeSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { Activity } from '../../../src/session/activity.js';
import type { Agent } from '../../../src/agent/agent.js';
import type { Runtime } from '../../../src/runtime/runtime.js';
import type { Store } from '../../../streams/loop.js';
import type { KillPoint } from '../kill-point.js';

const [home = '', reality = '', point = 'none'] = process.argv.slice(2);

const say = writeSync;
const { rename } = promises;

function dieAt(here: KillPoint): void {
  if (here === point) process.kill(process.pid, 'SIGKILL');
}

// The points inside of a save and an append lie between two calls of the system.
promises.rename = async (from, to) => {
  if (String(to).endsWith('.json')) dieAt('saving');
  await rename(from, to);
};
const writeAll = writeSync as (fd: number, bytes: Buffer, offset?: number, length?: number) => number;
const dyingWrite = (fd: number, bytes: Buffer, offset = 0): number => {
  if (point === 'appending') {
    writeAll(fd, bytes, offset, Math.ceil((bytes.length - offset) / 2));
    dieAt('appending');
  }
  const written = writeAll(fd, bytes, offset);
  dieAt('appended');
  return written;
};
fs.writeSync = dyingWrite as typeof fs.writeSync;
syncBuiltinESMExports();

const { LifecycleManager, SessionManager } = await import('../../../index.js');

interface Reality {
  dead: string[];
  activities: Record<string, Activity>;
}

const look = (): Reality => JSON.parse(readFileSync(reality, 'utf8')) as Reality;
const evidenceOf = (detail: string): { source: string; detail: string; observedAt: string } => ({
  source: 'reality',
  detail,
  observedAt: new Date().toISOString(),
});

const runtime: Runtime = {
  serverOf: () => 'reality',
  observe: () => {
    const { dead } = look();
    return Promise.resolve({
      liveness: ({ name }) =>
        dead.includes(String(name))
          ? { state: 'dead', evidence: evidenceOf('it is gone'), exit: { code: 3, signal: null } }
          : { state: 'alive', evidence: evidenceOf('it runs') },
    });
  },
};
const agent: Agent = {
  detectActivity: ({ id }) => {
    dieAt('probing');
    const activity = look().activities[id] ?? null;
    return Promise.resolve({ activity, evidence: evidenceOf(`it is ${String(activity)}`) });
  },
};

const records = new SessionManager({ home });
const sessions: Store = {
  home,
  list: () => records.list(),
  get: (key) => records.get(key),
  save: async (session, options) => {
    dieAt('probed');
    const saved = await records.save(session, options);
    dieAt('saved');
    return saved;
  },
};

const manager = new LifecycleManager({
  sessions,
  runtimes: { reality: runtime },
  agents: { reality: agent },
});
manager.event$.subscribe(() => dieAt('publishing'));
manager.event$.subscribe((event) => say(1, `${JSON.stringify(event)}\n`));
manager.event$.subscribe(() => dieAt('published'));
await manager.tick();
await manager.stop();
