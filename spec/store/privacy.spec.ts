import { chmod, lstat, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeSession } from '../../fixtures/sessions.js';
import { findOpenPlaces } from '../../src/store/find-open-places.js';
import { HomeLayout } from '../../src/store/home-layout.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { useTemporaryHome } from './temporary-home.js';

const parent = useTemporaryHome();
const homePath = (): string => join(parent.path, 'home');

/** The mode of everything that lies in a home, by its path there. */
async function modes(): Promise<Record<string, string>> {
  const names = ['.', ...(await readdir(homePath(), { recursive: true }))].sort();
  const entries = names.map(async (name) => {
    const { mode } = await lstat(join(homePath(), name));
    return [name, (mode & 0o777).toString(8)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

describe('a home', () => {
  let usual = 0o022;
  beforeEach(() => {
    usual = process.umask(0o022);
  });
  afterEach(() => process.umask(usual));

  it.each([0o000, 0o022, 0o077])('is its owner’s alone, also under the umask %o', async (umask) => {
    process.umask(umask);
    const sessions = new SessionManager({ home: homePath() });
    await sessions.save(makeSession({ rev: 0 }));
    await sessions.save(makeSession({ rev: 0, id: 'web' }));
    await sessions.archive('shop/web');
    const found = Object.entries(await modes()).map(([name, mode]) => [
      name.replace(/\d{8}T\d+Z/, 'T'),
      mode,
    ]);
    expect(Object.fromEntries(found)).toEqual({
      '.': '700',
      archive: '700',
      'archive/shop': '700',
      'archive/shop/web-T.json': '600',
      locks: '700',
      'locks/shop': '700',
      sessions: '700',
      'sessions/shop': '700',
      'sessions/shop/api-3.json': '600',
    });
    expect(await findOpenPlaces(sessions.layout)).toEqual([]);
  });

  it('that was there before keeps the mode that its owner gave it, and is found to be open', async () => {
    await mkdir(homePath());
    await chmod(homePath(), 0o755);
    await new SessionManager({ home: homePath() }).save(makeSession({ rev: 0 }));
    expect(await modes()).toMatchObject({ '.': '755', sessions: '700', 'sessions/shop/api-3.json': '600' });
    expect(await findOpenPlaces(new HomeLayout(homePath()))).toEqual([{ path: homePath(), mode: '755' }]);
  });

  it('that is not there is open to nobody', async () => {
    expect(await findOpenPlaces(new HomeLayout(homePath()))).toEqual([]);
  });
});
