import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { makeSession } from '../../fixtures/sessions.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { canTrace } from './can-trace.js';
import { useCompiledSource } from './compiled-source.js';
import { useTemporaryHome } from './temporary-home.js';

const source = useCompiledSource();
const home = useTemporaryHome();
(canTrace() ? describe : describe.skip)('a disk that fails', () => {
  const path = (): string => join(home.path, 'sessions', 'shop', 'api-3.json');

  /** What the child tells of its work while one of its system calls fails. */
  async function runWith(fault: string, action: string[], onlyPath?: string): Promise<unknown> {
    const command = [
      ...['-f', '-qq', '-o', '/dev/null', '-e', `inject=${fault}`],
      ...(onlyPath === undefined ? [] : ['-P', onlyPath]),
      ...[process.execPath, resolve('spec/store/children/store-once.mjs'), source.path, home.path, ...action],
    ];
    // strace counts the calls of each thread for itself.
    const env = { ...process.env, UV_THREADPOOL_SIZE: '1' };
    const { stdout } = await promisify(execFile)('strace', command, { env });
    return JSON.parse(stdout) as unknown;
  }

  beforeEach(async () => {
    await new SessionManager({ home: home.path }).save(makeSession({ rev: 0, task: 'old' }));
  });

  it.each([
    [
      'the file cannot be synced',
      'fsync:error=EIO:when=1',
      'EIO',
      /write .*api-3.json: the disk reports an I\/O error/,
    ],
    ['it cannot be put in place', '?rename,?renameat,?renameat2:error=ENOSPC', 'ENOSPC', /the disk is full/],
    [
      'the disk is read-only',
      '?rename,?renameat,?renameat2:error=EROFS',
      'EROFS',
      /is read-only; choose another/,
    ],
  ])('keeps the old record and says so when %s', async (_, fault, code, message) => {
    const before = await readFile(path());
    expect(await runWith(fault, ['save', 'new'])).toEqual({
      name: 'StoreError',
      code,
      message: expect.stringMatching(message) as string,
    });
    expect(await readFile(path())).toEqual(before);
    expect(await readdir(join(home.path, 'sessions', 'shop'))).toEqual(['api-3.json']);
    expect(await readdir(join(home.path, 'locks', 'shop'))).toEqual([]);
  });

  it('reports no success when the new name may not survive, although the new record is there', async () => {
    expect(await runWith('fsync:error=EIO:when=2', ['save', 'new'])).toMatchObject({ code: 'EIO' });
    expect(await new SessionManager({ home: home.path }).get('shop/api-3')).toMatchObject({ task: 'new' });
  });

  it('saves on a file system that cannot sync a directory', async () => {
    expect(await runWith('fsync:error=EINVAL:when=2', ['save', 'new'])).toEqual({ result: 2 });
  });

  it.each(['EMFILE', 'ENFILE', 'EIO', 'ENOMEM'])(
    'fails the listing, and calls no good record bad, when a file meets %s',
    async (code) => {
      expect(await runWith(`openat:error=${code}`, ['list'], path())).toMatchObject({
        name: 'StoreError',
        code,
      });
      expect(await runWith(`openat:error=${code}`, ['list'], join(home.path, 'sessions'))).toMatchObject({
        name: 'StoreError',
        code,
      });
    },
  );

  it('loses no record that goes away between its name and its file', async () => {
    expect(await runWith('openat:error=ENOENT', ['list'], path())).toEqual({ result: 0 });
  });
});
