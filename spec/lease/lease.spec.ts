import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, symlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { awaitLease } from '../../src/lease/await-lease.js';
import { leaseDirectory, leaseLock } from '../../src/lease/lease-layout.js';
import { readLease } from '../../src/lease/read-lease.js';
import { takeLease } from '../../src/lease/take-lease.js';
import { makeDirectory } from '../../src/store/make-directory.js';
import { successorPath } from '../../src/store/lock-chain.js';
import { newHolder, formatHolder } from '../../src/store/lock-holder.js';
import { useChildProcesses } from '../store/child-processes.js';
import { useCompiledSource } from '../store/compiled-source.js';

const root = new TemporaryDirectory();
const source = useCompiledSource();
const children = useChildProcesses();
let home: string;
beforeEach(() => {
  home = root.fresh('home');
});
afterAll(() => root.remove());

interface Said {
  held?: number;
  atMs?: number;
  stalled?: number;
  silentMs?: number;
}

/** A process that wants the lease; `said` is what it told. */
function want(...args: string[]): { child: ChildProcess; said: Said[] } {
  const child = children.spawn(process.execPath, [
    resolve(__dirname, 'children/hold.mjs'),
    source.path,
    home,
    ...args,
  ]);
  const said: Said[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => said.push(JSON.parse(line) as Said));
  return { child, said };
}

const isHolding = ({ said }: { said: Said[] }): number | undefined => said.find(({ held }) => held)?.held;

describe('a lease', () => {
  it('is one process alone', async () => {
    const wanting = [want(), want(), want(), want()];
    await waitFor('a holder', () => wanting.some(isHolding));
    const { holder } = (await takeLease(home)) as { holder: { pid: number } };
    expect(wanting.map(isHolding).filter(Boolean)).toEqual([holder.pid]);
    expect(await readLease(home, { now: Date.now() })).toMatchObject({
      type: 'held',
      holder,
      isStalled: false,
    });
  });

  it('goes to one other when it is given back', async () => {
    const first = want();
    await waitFor('a holder', () => isHolding(first));
    const others = [want(), want()];
    first.child.stdin!.write('release\n');
    await once(first.child, 'exit');
    await waitFor('another holder', () => others.some(isHolding));
    const taking = await takeLease(home);
    expect(others.map(isHolding).filter(Boolean)).toEqual([
      (taking as { holder: { pid: number } }).holder.pid,
    ]);
  });

  it('goes to one other when its holder is killed, again and again', async () => {
    const wanting = [want(), want(), want()];
    for (let round = 0; round < 4; round += 1) {
      const holder = await waitFor('a holder', () => wanting.find(isHolding));
      expect(wanting.filter(isHolding)).toHaveLength(1);
      wanting[wanting.indexOf(holder)] = want();
      await children.end(holder.child);
    }
  });

  it('stays with a holder that is stopped, which is told once', async () => {
    const holder = want('100');
    await waitFor('a holder', () => isHolding(holder));
    const waiter = want();
    holder.child.kill('SIGSTOP');
    const stalled = await waitFor('a report', () => waiter.said.find((said) => said.stalled));
    expect(stalled.stalled).toBe(holder.child.pid);
    expect(stalled.silentMs).toBeGreaterThan(3_000);
    expect(await readLease(home, { now: Date.now() })).toMatchObject({ type: 'held', isStalled: true });
    expect(isHolding(waiter)).toBeUndefined();
    holder.child.kill('SIGCONT');
    await waitFor('a pass', async () => {
      const state = await readLease(home, { now: Date.now() });
      return state.type === 'held' && !state.isStalled;
    });
    expect(waiter.said).toHaveLength(1);
  });

  it.each([
    ['of another machine', { host: 'elsewhere' }],
    ['in another pid namespace', { pidNamespace: 'pid:[1]' }],
  ])(
    'is not taken from a process %s, of which nobody here knows whether it lives',
    async (_title, change) => {
      await makeDirectory(leaseDirectory(home));
      symlinkSync(formatHolder({ ...newHolder(), ...change }), leaseLock(home));
      expect(await takeLease(home)).toMatchObject({ type: 'held', holder: change });
    },
  );

  it.each([
    ['that ran before the last boot', { bootId: 'another-boot' }],
    ['whose pid is another process by now', { startTime: '1' }],
  ])('is taken from a process %s', async (_title, change) => {
    await makeDirectory(leaseDirectory(home));
    symlinkSync(formatHolder({ ...newHolder(), ...change }), leaseLock(home));
    const taking = await takeLease(home);
    expect(taking.type).toBe('taken');
    if (taking.type === 'taken') await taking.lease.release();
    expect(readdirSync(leaseDirectory(home))).toEqual([]);
  });

  it('is one name again once it was taken from holders that were killed in a row', async () => {
    await makeDirectory(leaseDirectory(home));
    let place = leaseLock(home);
    for (let left = 3; left > 0; left -= 1) {
      const killed = { ...newHolder(), bootId: 'another-boot' };
      symlinkSync(formatHolder(killed), place);
      place = successorPath(leaseLock(home), killed);
    }
    const taking = await takeLease(home);
    expect(taking.type).toBe('taken');
    expect(readdirSync(leaseDirectory(home))).toEqual(['holder']);
    if (taking.type === 'taken') expect(await taking.lease.isHeld()).toBe(true);
  });

  it('is of one holding, not of the whole process', async () => {
    const first = await takeLease(home);
    expect(first.type).toBe('taken');
    expect((await takeLease(home)).type).toBe('held');
    if (first.type === 'taken') await first.lease.release();
    expect((await takeLease(home)).type).toBe('taken');
  });

  it('is not waited for any longer once nobody wants it', async () => {
    await takeLease(home);
    const abort = new AbortController();
    const waiting = awaitLease(home, { signal: abort.signal, onStalled: () => undefined });
    abort.abort();
    expect(await waiting).toBeNull();
  });
});
