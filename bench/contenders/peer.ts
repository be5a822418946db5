import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Contender, Enter } from '../contender.js';

interface Handle {
  id: string;
}

interface PeerRuntime {
  isAlive(handle: Handle): Promise<boolean>;
}

/** What is used of `@composio/ao-core` 0.2.0. */
interface PeerCore {
  createPluginRegistry(): { register(plugin: unknown): void };
  createSessionManager(options: object): unknown;
  createLifecycleManager(options: object): { start(intervalMs: number): void; stop(): void };
  getSessionsDir(configPath: string, projectPath: string): string;
}

interface PeerTmux {
  manifest: object;
  create(): PeerRuntime;
}

/** An agent that never says anything, so that what is timed is the peer's own pass. */
const silentAgent = {
  manifest: { name: 'silent', slot: 'agent', description: 'says nothing', version: '0.0.0' },
  create: () => ({
    name: 'silent',
    getActivityState: () => Promise.resolve({ state: 'active' }),
    getSessionInfo: () => Promise.resolve(null),
    isProcessRunning: () => Promise.resolve(true),
  }),
};

/** The peer that anyone can install: each pass of it asks tmux about each session, once to list it, once to check it. */
export const enter: Enter = async ({ home, sessions }) => {
  const folder = process.env['VITALS_BENCH_PEERS'] ?? '';
  const load = (name: string): Promise<unknown> =>
    import(pathToFileURL(join(folder, 'node_modules', '@composio', name, 'dist', 'index.js')).href);
  const core = (await load('ao-core')) as PeerCore;
  const tmux = (await load('ao-plugin-runtime-tmux')) as PeerTmux;

  process.env['HOME'] = join(home, '..', 'peer');
  const projectPath = join(home, '..', 'peer', 'default');
  mkdirSync(projectPath, { recursive: true });
  const configPath = join(projectPath, 'agent-orchestrator.yaml');
  writeFileSync(configPath, '');
  const directory = core.getSessionsDir(configPath, projectPath);
  mkdirSync(directory, { recursive: true });
  for (let number = 0; number < sessions; number += 1) {
    const record = {
      worktree: projectPath,
      branch: 'main',
      status: 'working',
      project: 'default',
      agent: 'silent',
    };
    const fields = {
      ...record,
      tmuxName: `bench-${number}`,
      runtimeHandle: JSON.stringify({ id: `bench-${number}`, runtimeName: 'tmux', data: {} }),
    };
    writeFileSync(
      join(directory, `bench-${number}`),
      Object.entries(fields)
        .map(([key, value]) => `${key}=${value}\n`)
        .join(''),
    );
  }

  let asked = 0;
  let onAll = (): void => undefined;
  const registry = core.createPluginRegistry();
  registry.register(silentAgent);
  registry.register({
    ...tmux,
    create: () => {
      const runtime = tmux.create();
      const isAlive = async (handle: Handle): Promise<boolean> => {
        try {
          return await runtime.isAlive(handle);
        } finally {
          asked += 1;
          if (asked === 2 * sessions) setImmediate(onAll);
        }
      };
      return { ...runtime, isAlive };
    },
  });
  const defaults = { runtime: 'tmux', agent: 'silent', workspace: 'worktree', notifiers: [] };
  const project = {
    name: 'default',
    repo: 'a/b',
    path: projectPath,
    defaultBranch: 'main',
    sessionPrefix: 'bench',
  };
  const config = {
    configPath,
    readyThresholdMs: 300_000,
    defaults,
    projects: { default: project },
    notifiers: {},
    notificationRouting: {},
    reactions: {},
  };
  const sessionManager = core.createSessionManager({ config, registry });
  const pass = async (): Promise<void> => {
    asked = 0;
    const lifecycle = core.createLifecycleManager({ config, registry, sessionManager });
    await new Promise<void>((resolve) => {
      onAll = resolve;
      lifecycle.start(3_600_000);
    });
    lifecycle.stop();
  };
  await pass();
  return { pass, close: () => Promise.resolve() } satisfies Contender;
};
