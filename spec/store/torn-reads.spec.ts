import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeSession } from '../../fixtures/sessions.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { useChildProcesses } from './child-processes.js';
import { useCompiledSource } from './compiled-source.js';
import { useTemporaryHome } from './temporary-home.js';

const KILLS = 40;

const source = useCompiledSource();
const children = useChildProcesses();
const home = useTemporaryHome();

describe('a writer that is killed at any moment', () => {
  async function killOneWriter(): Promise<void> {
    const script = resolve('spec/store/children/save-forever.mjs');
    const child = children.spawn(process.execPath, [script, source.path, home.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await delay(Math.random() * 20);
    child.kill('SIGKILL');
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect([code, signal]).toEqual([null, 'SIGKILL']);
  }

  it(`never lets a reader see half a record, nor none (${KILLS} kills)`, async () => {
    const sessions = new SessionManager({ home: home.path });
    await sessions.save(makeSession({ rev: 0, task: 'x' }));
    let isOver = false;
    let reads = 0;
    const revs = new Set<number>();
    const read = async (): Promise<void> => {
      while (!isOver) {
        const { sessions: found, unreadable } = await sessions.list();
        if (unreadable.length > 0 || found.length !== 1)
          throw new Error(JSON.stringify({ found, unreadable }));
        const session = await sessions.get('shop/api-3');
        reads += 2;
        revs.add(session?.rev ?? -1);
      }
    };
    const reader = read();
    const kills = (async () => {
      for (let count = 0; count < KILLS; count += 1) await killOneWriter();
    })().finally(() => {
      isOver = true;
    });
    await Promise.all([reader, kills]);
    expect(reads).toBeGreaterThan(KILLS);
    expect(revs.has(-1)).toBe(false);
    expect(revs.size).toBeGreaterThan(KILLS / 2);
    await sessions.save((await sessions.get('shop/api-3'))!);
  }, 120_000);

  it('leaves nothing behind that the next who writes does not clear away', async () => {
    const sessions = new SessionManager({ home: home.path });
    await sessions.save(makeSession({ rev: 0, task: 'x' }));
    const directory = join(home.path, 'sessions', 'shop');
    for (let count = 0; count < 5; count += 1) {
      // Until one dies between its first and its last step.
      while ((await readdir(join(home.path, 'locks', 'shop'))).length === 0) await killOneWriter();
      await sessions.save((await sessions.get('shop/api-3'))!);
      expect(await readdir(directory)).toEqual(['api-3.json']);
      expect(await readdir(join(home.path, 'locks', 'shop'))).toEqual([]);
    }
  }, 120_000);
});
