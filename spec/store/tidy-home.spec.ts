import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeSession } from '../../fixtures/sessions.js';
import { rememberRoot } from '../../src/hook/remember-root.js';
import { knowProcess } from '../../src/process/check-process.js';
import type { StoreError } from '../../src/store/errors.js';
import { HomeLayout } from '../../src/store/home-layout.js';
import { formatHolder, newHolder, type LockHolder } from '../../src/store/lock-holder.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { useChildProcesses } from './child-processes.js';
import { useTemporaryHome } from './temporary-home.js';

const KEY = 'shop/api-3';
const TEMPORARY = '.api-3.json.0123456789abcdef.tmp';
const children = useChildProcesses();
const home = useTemporaryHome();
const layout = (): HomeLayout => new HomeLayout(home.path);
const manage = (): SessionManager => new SessionManager({ home: home.path });
const locks = (): Promise<string[]> => readdir(dirname(layout().lockFile(KEY)));
const files = async (): Promise<string[]> => (await readdir(dirname(layout().sessionFile(KEY)))).sort();

async function deadHolder(): Promise<LockHolder> {
  const child = children.spawn('sleep', ['60']);
  const holder = { ...newHolder(), ...knowProcess(child.pid!) };
  await children.end(child);
  return holder;
}

/** What a writer leaves that is killed with the lock in hand. */
async function leave(holder: LockHolder, lock = layout().lockFile(KEY)): Promise<void> {
  await mkdir(dirname(lock), { recursive: true });
  await symlink(formatHolder(holder), lock);
  await writeFile(`${dirname(layout().sessionFile(KEY))}/${TEMPORARY}`, '{"half');
}

describe('what killed writers left', () => {
  beforeEach(() => manage().save(makeSession({ rev: 0 })));

  it('is cleared away when a home is first listed, and the record stays', async () => {
    await leave(await deadHolder());
    expect((await manage().list()).sessions).toHaveLength(1);
    expect([await files(), await locks()]).toEqual([['api-3.json'], []]);
  });

  it('is cleared away with the notes on processes that are gone, and no others', async () => {
    const child = children.spawn('sleep', ['60']);
    rememberRoot(layout(), process.pid, KEY);
    rememberRoot(layout(), child.pid!, KEY);
    expect(await manage().tidy()).toEqual([]);
    await children.end(child);
    expect(await manage().tidy()).toEqual([layout().rootFile(child.pid!)]);
    expect(await readdir(layout().rootsDirectory)).toEqual([String(process.pid)]);
  });

  it('is cleared away with the line of those who died before, and with the locks for typing', async () => {
    const [first, second] = [await deadHolder(), await deadHolder()];
    await leave(first);
    await leave(second, `${layout().lockFile(KEY)}.${first.token}`);
    await leave(await deadHolder(), layout().lockFile(KEY, 'send'));
    expect(await manage().tidy()).toEqual([layout().lockFile(KEY), layout().lockFile(KEY, 'send')]);
    expect([await files(), await locks()]).toEqual([['api-3.json'], []]);
  });

  it('is cleared away where only a claim is left', async () => {
    const [gone, claimant] = [await deadHolder(), await deadHolder()];
    await leave(claimant, `${layout().lockFile(KEY)}.${gone.token}`);
    await manage().tidy();
    expect(await locks()).toEqual([]);
  });

  it.each([
    ['of a process that runs', {}],
    ['of another machine, which can’t be seen', { host: 'elsewhere', pid: 1 }],
  ])('stays where it may be somebody’s: %s', async (_, difference) => {
    await leave({ ...newHolder(), ...difference });
    expect(await manage().tidy()).toEqual([]);
    expect((await manage().list()).sessions).toHaveLength(1);
    expect([await files(), await locks()]).toEqual([[TEMPORARY, 'api-3.json'], ['api-3.lock']]);
  });

  it('stays alone what is no lock', async () => {
    await writeFile(`${dirname(layout().lockFile(KEY))}/notes.txt`, '');
    await writeFile(`${dirname(layout().lockFile(KEY))}/-x.lock`, '');
    await manage().tidy();
    expect(await locks()).toEqual(['-x.lock', 'notes.txt']);
  });

  it('keeps no listing from its answer when it can’t be cleared away, but is told of', async () => {
    await writeFile(layout().lockFile(KEY), 'no link');
    const warnings: StoreError[] = [];
    const sessions = new SessionManager({ home: home.path, onWarning: (error) => warnings.push(error) });
    expect((await sessions.list()).sessions).toHaveLength(1);
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('api-3.lock is no lock of this version'),
    ]);
  });

  it('costs a home with nothing to clear one look at its locks', async () => {
    expect(await manage().tidy()).toEqual([]);
    expect(await new SessionManager({ home: `${home.path}/nowhere` }).tidy()).toEqual([]);
  });
});
