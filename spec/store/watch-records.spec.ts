import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeSession } from '../../fixtures/sessions.js';
import { sessionKey } from '../../src/session/session-key.js';
import type { Session } from '../../src/session/session.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { useTemporaryHome } from './temporary-home.js';

const newSession = (id: string, projectId = 'shop'): Session => makeSession({ id, projectId, rev: 0 });

/** Counts what a watch hears, and lets a test wait for more. */
function listen(manager: SessionManager): {
  heard: () => number;
  more: (than: number) => Promise<void>;
  stop: () => void;
} {
  let count = 0;
  let wake = (): void => undefined;
  const stop = manager.watch({
    onChange: () => {
      count += 1;
      wake();
    },
    onError: (error) => {
      throw error;
    },
    ignore: 'lifecycle',
  });
  return {
    heard: () => count,
    more: async (than) => {
      while (count <= than) await new Promise<void>((resolve) => (wake = resolve));
    },
    stop,
  };
}

describe('watching records', () => {
  // Before the home goes: hooks run in this order.
  afterEach(() => ear.stop());
  const home = useTemporaryHome();
  let watched: SessionManager;
  let other: SessionManager;
  let ear: ReturnType<typeof listen>;

  beforeEach(async () => {
    watched = new SessionManager({ home: home.path });
    other = new SessionManager({ home: home.path });
    await other.save(newSession('fence'), { writtenBy: 'spawn' });
    ear = listen(watched);
    // The project was there before the watch: it is announced once it is watched.
    await ear.more(0);
  });

  it('hears what another process saves, removes and archives', async () => {
    let before = ear.heard();
    await other.save(newSession('api-1'), { writtenBy: 'spawn' });
    await ear.more(before);
    before = ear.heard();
    await other.remove('shop/api-1');
    await ear.more(before);
    before = ear.heard();
    await other.archive('shop/fence');
    await ear.more(before);
  });

  it('hears nothing of what the loop itself wrote, of locks and of temporary files', async () => {
    const before = ear.heard();
    const session = await watched.get('shop/fence');
    if (!session) throw new Error('the fence is gone');
    const saved = await watched.save({ ...session, status: 'stuck' }, { writtenBy: 'lifecycle' });
    await writeFile(join(home.path, 'sessions/shop/.api-1.json.tmp'), 'half');
    await writeFile(join(home.path, 'sessions/shop/notes.txt'), 'words');
    await other.save({ ...saved, status: 'working' }, { writtenBy: 'api' });
    await ear.more(before);
    expect(ear.heard()).toBe(before + 1);
  });

  it('hears what others write through the same manager', async () => {
    const before = ear.heard();
    await watched.save(newSession('api-2'), { writtenBy: 'api' });
    await ear.more(before);
  });

  it('hears an editor that writes over what the loop wrote', async () => {
    const session = await watched.get('shop/fence');
    if (!session) throw new Error('the fence is gone');
    await watched.save({ ...session, status: 'stuck' }, { writtenBy: 'lifecycle' });
    const before = ear.heard();
    await writeFile(
      watched.layout.sessionFile(sessionKey(session)),
      JSON.stringify({ ...session, status: 'merged' }),
    );
    await ear.more(before);
  });

  it('hears of projects that are new, removed and made again', async () => {
    for (let round = 0; round < 2; round += 1) {
      let before = ear.heard();
      await other.save(newSession('web-1', 'site'), { writtenBy: 'spawn' });
      await ear.more(before);
      before = ear.heard();
      await other.save(newSession('web-2', 'site'), { writtenBy: 'spawn' });
      await ear.more(before);
      before = ear.heard();
      await rm(join(home.path, 'sessions/site'), { recursive: true });
      await ear.more(before);
    }
  });

  it('hears a project that is moved into its place with its records', async () => {
    const elsewhere = join(home.path, 'elsewhere');
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'a.json'), JSON.stringify(newSession('a', 'moved')));
    const before = ear.heard();
    await rename(elsewhere, join(home.path, 'sessions/moved'));
    await ear.more(before);
  });

  it('hears nothing any more once it is stopped', async () => {
    ear.stop();
    const before = ear.heard();
    const second = listen(watched);
    await second.more(0);
    const heard = second.heard();
    await other.save(newSession('api-9'), { writtenBy: 'spawn' });
    await second.more(heard);
    second.stop();
    expect(ear.heard()).toBe(before);
  });
});
