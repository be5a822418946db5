import { once } from 'node:events';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { HomeLayout } from '../../src/store/home-layout.js';
import { formatHolder, newHolder } from '../../src/store/lock-holder.js';
import { withRecordLock } from '../../src/store/record-lock.js';
import { canTrace } from './can-trace.js';
import { useChildProcesses } from './child-processes.js';
import { useCompiledSource } from './compiled-source.js';
import { useTemporaryHome } from './temporary-home.js';

const KEY = 'shop/api-3';
const source = useCompiledSource();
const children = useChildProcesses();
const home = useTemporaryHome();

async function waitUntil(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadlineMs = Date.now() + 15_000;
  while (!(await holds())) {
    if (Date.now() > deadlineMs) throw new Error(`it never came about that ${what}`);
    await new Promise(setImmediate);
  }
}

(canTrace() ? describe : describe.skip)(
  'a claim on a lock that others have taken over and given back since',
  () => {
    it('is void: its process waits for whoever has the lock now', async () => {
      const layout = new HomeLayout(home.path);
      const path = layout.lockFile(KEY);
      const dead = { ...newHolder(), startTime: '1' };
      const claimPath = `${path}.${dead.token}`;
      const [list, trace] = [join(home.path, 'list'), join(home.path, 'trace')];
      await writeFile(list, '');
      await writeFile(trace, '');
      await mkdir(dirname(path), { recursive: true });
      await symlink(formatHolder(dead), path);

      // Its second symlink is the claim; it finds the dead holder, and then is kept from claiming for a while.
      const child = children.spawn(
        'strace',
        [
          ...['-f', '-qq', '-o', trace, '-e', 'trace=?symlink,?symlinkat,?unlink,?unlinkat'],
          ...['-e', 'inject=?symlink,?symlinkat:delay_enter=1500000:when=2'],
          // It stays for long enough to be seen.
          ...['-e', 'inject=?unlink,?unlinkat:delay_enter=500000:when=1'],
          ...[
            process.execPath,
            resolve('spec/store/children/append-tags.mjs'),
            source.path,
            home.path,
            'late',
            '1',
          ],
        ],
        { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, UV_THREADPOOL_SIZE: '1' } },
      );
      const ended = once(child, 'exit');
      const names = (): Promise<string[]> => readdir(dirname(path));
      const isClaimed = async (): Promise<boolean> => (await names()).includes(`api-3.lock.${dead.token}`);
      await waitUntil('it is about to claim', async () =>
        (await readFile(trace, 'utf8')).includes(claimPath),
      );
      expect(await withRecordLock(layout, KEY, async ({ isTakenOver }) => isTakenOver)).toBe(true);
      await withRecordLock(layout, KEY, async () => {
        await waitUntil('it claims', isClaimed);
        await waitUntil('it takes that back', async () => !(await isClaimed()));
        expect(await readFile(list, 'utf8')).toBe('');
      });
      expect(await ended).toEqual([0, null]);
      expect(await readFile(list, 'utf8')).toBe('late-0\n');
      expect(await names()).toEqual([]);
    }, 30_000);
  },
);
