import { once } from 'node:events';
import { mkdir, readdir, readlink, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { knowProcess } from '../../src/process/check-process.js';
import { RecordLockedError } from '../../src/store/errors.js';
import { HomeLayout } from '../../src/store/home-layout.js';
import { formatHolder, newHolder, parseHolder, type LockHolder } from '../../src/store/lock-holder.js';
import { withRecordLock } from '../../src/store/record-lock.js';
import { useChildProcesses } from './child-processes.js';
import { useTemporaryHome } from './temporary-home.js';

const KEY = 'shop/api-3';
const children = useChildProcesses();
const home = useTemporaryHome();
const layout = (): HomeLayout => new HomeLayout(home.path);
const lockPath = (): string => layout().lockFile(KEY);
const listLocks = (): Promise<string[]> => readdir(dirname(lockPath()));

async function plant(holder: LockHolder, path = lockPath()): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(formatHolder(holder), path);
}

/** A holder whose process has ended. */
async function deadHolder(): Promise<LockHolder> {
  const child = children.spawn('sleep', ['60']);
  const holder = { ...newHolder(), ...knowProcess(child.pid!) };
  await children.end(child);
  return holder;
}

const take = (timeoutMs = 10_000): Promise<boolean> =>
  withRecordLock(layout(), KEY, async ({ isTakenOver }) => isTakenOver, { timeoutMs });

describe('the lock of a record', () => {
  it('names its holder while it is held, and leaves nothing when it is not', async () => {
    const held = await withRecordLock(layout(), KEY, () => readlink(lockPath()));
    expect(parseHolder(held)).toMatchObject(knowProcess(process.pid));
    expect(await listLocks()).toEqual([]);
  });

  it('is released when its action fails', async () => {
    const failure = new Error('it failed');
    await expect(withRecordLock(layout(), KEY, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(await take()).toBe(false);
  });

  it('is had in the order of the calls, one at a time', async () => {
    const seen: string[] = [];
    const act = (name: string) => async (): Promise<void> => {
      seen.push(`${name} begins`);
      for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
      seen.push(`${name} ends`);
    };
    await Promise.all(['a', 'b', 'c'].map((name) => withRecordLock(layout(), KEY, act(name))));
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('keeps nobody waiting who wants that of another record', async () => {
    await withRecordLock(layout(), KEY, async () => {
      expect(await withRecordLock(layout(), 'shop/web', async () => 'had')).toBe('had');
      expect(await withRecordLock(layout(), 'shed/api-3', async () => 'had')).toBe('had');
    });
  });

  it('is kept from others by whatever process goes on to live, even one that stands still', async () => {
    const child = children.spawn('sleep', ['60']);
    child.kill('SIGSTOP');
    await plant({ ...newHolder(), ...knowProcess(child.pid!) });
    const failure: unknown = await take(50).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RecordLockedError);
    expect(String(failure)).toContain(`process ${child.pid!} of the machine`);
    await children.end(child);
    expect(await take()).toBe(true);
  });

  it.each([
    ['another machine', { host: 'elsewhere' }],
    ['another pid namespace', { pidNamespace: 'pid:[1]' }],
  ])('is not taken from a process of %s, which cannot be seen', async (_, elsewhere) => {
    await plant({ ...(await deadHolder()), ...elsewhere });
    await expect(take(50)).rejects.toThrow(RecordLockedError);
    expect(await listLocks()).toEqual(['api-3.lock']);
  });

  it('is waited for while another process has it', async () => {
    const child = children.spawn('sleep', ['60']);
    await plant({ ...newHolder(), ...knowProcess(child.pid!) });
    let isTaken = false;
    const taking = take().then(() => (isTaken = true));
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    expect(isTaken).toBe(false);
    child.kill('SIGKILL');
    await taking;
    expect(isTaken).toBe(true);
  });

  it.each([
    ['that was killed', {}],
    ['whose pid is another’s now', { pid: process.pid, startTime: '1' }],
    ['of an earlier boot', { pid: process.pid, bootId: 'earlier' }],
  ])('is taken over from a holder %s, without a trace', async (_, differences) => {
    await plant({ ...(await deadHolder()), ...differences });
    expect(await take()).toBe(true);
    expect(await listLocks()).toEqual([]);
    expect(await take()).toBe(false);
  });

  it('is taken over from a zombie', async () => {
    const parent = children.spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    await plant({ ...newHolder(), ...knowProcess(pid) });
    process.kill(pid, 'SIGKILL');
    expect(await take()).toBe(true);
  });

  it('is taken over from a whole line of holders that each died with it', async () => {
    const line = [await deadHolder(), await deadHolder(), await deadHolder()];
    await plant(line[0]!);
    await plant(line[1]!, `${lockPath()}.${line[0]!.token}`);
    await plant(line[2]!, `${lockPath()}.${line[1]!.token}`);
    expect(await take()).toBe(true);
    expect(await listLocks()).toEqual([]);
  });

  it('takes no claim for good that leads nowhere, and clears it away', async () => {
    const [first, lost] = [await deadHolder(), await deadHolder()];
    await plant(first);
    await plant(newHolder(), `${lockPath()}.${lost.token}`);
    await plant(lost, lockPath().replace('api-3', 'api-33'));
    expect(await take()).toBe(true);
    expect(await listLocks()).toEqual(['api-33.lock']);
  });

  it('says so when something else lies in its place', async () => {
    await mkdir(dirname(lockPath()), { recursive: true });
    await writeFile(lockPath(), '');
    await expect(take()).rejects.toThrow(/api-3.lock is no lock of this version/);
  });
});
