import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { makeSession } from '../../fixtures/sessions.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { canTrace } from './can-trace.js';
import { useCompiledSource } from './compiled-source.js';
import { useTemporaryHome } from './temporary-home.js';

const source = useCompiledSource();
const home = useTemporaryHome();

(canTrace() ? describe : describe.skip)('what a save asks of the disk', () => {
  /** The syncs and renames of one action, in their order, with paths as seen from the home's parent. */
  async function trace(store: string, action: string[]): Promise<string[]> {
    const log = join(home.path, 'trace');
    const child = [resolve('spec/store/children/store-once.mjs'), source.path, store, ...action];
    const { stdout } = await promisify(execFile)('strace', [
      ...['-f', '-qq', '-y', '-o', log, '-e', 'trace=fsync,?rename,?renameat,?renameat2'],
      ...[process.execPath, ...child],
    ]);
    expect(JSON.parse(stdout)).toEqual({ result: expect.any(Number) as number });
    const calls = (await readFile(log, 'utf8')).matchAll(/(fsync)\(\d+<([^>]*)>|(rename)\w*\(.*"([^"]*)"\)/g);
    return [...calls].map(([, fsync, synced, , renamed]) =>
      fsync === undefined
        ? `rename ${shorten(store, renamed!)}`
        : `sync ${shorten(store, synced!).replace(/\.[0-9a-f]{16}\.tmp$/, '.RANDOM.tmp')}`,
    );
  }

  const shorten = (store: string, path: string): string => relative(dirname(store), path) || '.';
  const create = ['create', JSON.stringify(makeSession({ rev: 0 }))];
  const writing = [
    'sync home/sessions/shop/.api-3.json.RANDOM.tmp',
    'rename home/sessions/shop/api-3.json',
    'sync home/sessions/shop',
  ];

  it('is the file before its name, and the name before the answer', async () => {
    const store = join(home.path, 'home');
    await new SessionManager({ home: store }).save(makeSession({ rev: 0 }));
    expect(await trace(store, ['save', 'new'])).toEqual(writing);
  });

  it('is every new directory’s name as well, in a new home', async () => {
    const calls = await trace(join(home.path, 'home'), create);
    expect(calls).toContain('sync .');
    expect(calls.slice(-5)).toEqual(['sync home/sessions', 'sync home', ...writing]);
  });

  it('is the names of directories that another process made and may not have synced', async () => {
    const store = join(home.path, 'home');
    await mkdir(join(store, 'sessions', 'shop'), { recursive: true });
    const calls = await trace(store, create);
    expect(calls.slice(-5)).toEqual(['sync home/sessions', 'sync home', ...writing]);
  });
});
