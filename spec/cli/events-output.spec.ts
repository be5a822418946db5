import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { readLease } from '../../src/lease/read-lease.js';
import { MAIN, Vitals } from './vitals.js';

/** Longer than a reader gets for what was not begun when a signal came, which is 1 s. */
const STALL_MS = 1_500;

/** What a pipe holds. Source: pipe(7). */
const PIPE_BYTES = 65_536;

type Line = { session?: { id: string } };
type End = [number | null, NodeJS.Signals | null];

describe('events whose output or cursor can not be written', () => {
  const vitals = new Vitals();
  const { directory } = vitals.tmux;
  const started: ChildProcess[] = [];

  beforeAll(async () => {
    await vitals.tmux.begin();
    const session = await vitals.spawn('a', 'exec sleep 600');
    const long = { ...session, id: 'long', task: 'x'.repeat(300_000) };
    writeFileSync(`${vitals.home}/sessions/default/long.json`, JSON.stringify(long));
  });
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => vitals.stop());

  function start(stdout: number, ...args: string[]): { end: Promise<End>; says: () => string; pid: number } {
    const child = spawn(process.execPath, [MAIN, 'events', '--interval', '100ms', ...args], {
      env: vitals.env,
      stdio: ['ignore', stdout, 'pipe'],
    });
    started.push(child);
    closeSync(stdout);
    let said = '';
    child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    return { end: once(child, 'close') as Promise<End>, says: () => said, pid: child.pid! };
  }

  /** A pipe, as a shell makes one. */
  function openPipe(): { readEnd: number; writeEnd: number } {
    const path = directory.fresh('pipe');
    execFileSync('mkfifo', [path]);
    const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return { readEnd, writeEnd: openSync(path, constants.O_WRONLY) };
  }

  async function readPartOfLongLine(reader: Socket): Promise<void> {
    await once(reader, 'readable');
    await waitFor('a part of the long line', () => reader.readableLength > 10_000);
  }

  const faults = (says: string): string[] => says.split('\n').filter((line) => line.startsWith('vitals: '));
  const isFree = async (): Promise<boolean> =>
    (await readLease(vitals.home, { now: Date.now() })).type === 'free';

  it.each([[[]], [['--snapshot']], [['--since', '1h']]])(
    'let go of the loop and exit with 1 where the disk is full: %j',
    async (args) => {
      const { end, says } = start(openSync('/dev/full', 'w'), ...args);
      expect(await end).toEqual([1, null]);
      expect(faults(says())).toEqual([expect.stringContaining("can't write to stdout: ENOSPC") as string]);
      expect(await isFree()).toBe(true);
    },
  );

  it('do the same where the cursor can not be written, at once', async () => {
    const path = directory.file('missing/cursor');
    const { end, says } = start(openSync('/dev/null', 'w'), '--cursor-file', path);
    expect(await end).toEqual([1, null]);
    expect(faults(says())).toEqual([
      `vitals: can't write the cursor ${path}: nothing can be made there, or it is gone; choose another file with --cursor-file`,
    ]);
    expect(await isFree()).toBe(true);
  });

  it('do the same where it can not be written any more, though the reader takes nothing', async () => {
    const folder = directory.fresh('cursors');
    mkdirSync(folder);
    await vitals.spawn('late', 'exec sleep 600');
    // Once it rests, the first pass has nothing to tell of it but that it is there.
    await waitFor('its rest', async () => {
      await vitals.passOnce();
      return (await vitals.sessions.get('default/late'))?.activity === 'ready';
    });
    const { readEnd, writeEnd } = openPipe();
    // One event and no more.
    writeSync(writeEnd, Buffer.alloc(PIPE_BYTES - 400));
    const { end, says } = start(writeEnd, '--cursor-file', `${folder}/cursor`, '--session', 'late');
    await waitFor('the first pass', () => says().includes('watching'));
    renameSync(folder, directory.fresh('moved'));
    await vitals.do('kill', 'late');
    expect(await end).toEqual([1, null]);
    expect(faults(says())).toEqual([expect.stringContaining("can't write the cursor") as string]);
    expect(await isFree()).toBe(true);
    closeSync(readEnd);
  });

  it.each([[['--snapshot']], [['--snapshot', '--no-follow']]])(
    'end with a whole line where a reader is slow and a signal comes: %j',
    async (args) => {
      const { readEnd, writeEnd } = openPipe();
      const reader = new Socket({ fd: readEnd });
      const { end, pid } = start(writeEnd, ...args);
      await readPartOfLongLine(reader);
      process.kill(pid, 'SIGTERM');
      await waitFor('the loop to be let go of', isFree);
      await delay(STALL_MS);
      const output = await text(reader);
      expect(await end).toEqual([null, 'SIGTERM']);
      expect(output.endsWith('\n')).toBe(true);
      const ids = output
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as Line).session?.id);
      expect(ids).toContain('long');
    },
  );

  it('end by the signal all the same where the reader takes nothing any more', async () => {
    const { readEnd, writeEnd } = openPipe();
    const reader = new Socket({ fd: readEnd });
    const { end, pid } = start(writeEnd, '--snapshot');
    await readPartOfLongLine(reader);
    process.kill(pid, 'SIGTERM');
    expect(await end).toEqual([null, 'SIGTERM']);
    expect(await isFree()).toBe(true);
    reader.destroy();
  });
});
