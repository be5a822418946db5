import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { endTree } from '../../fixtures/processes/end-tree.js';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { checkProcess, knowProcess, type KnownProcess } from '../../src/process/check-process.js';
import { ExitWatch } from '../../src/runtime/exit-watch.js';
import { launch } from '../../src/runtime/launcher.js';

describe('ExitWatch', () => {
  const directory = new TemporaryDirectory();
  const watch = new ExitWatch();
  const children: ChildProcess[] = [];
  let hints = 0;
  let stop: () => void;

  beforeEach(() => {
    hints = 0;
    stop = watch.listen(() => {
      hints += 1;
    });
  });
  afterEach(async () => {
    stop();
    for (const { pid } of children.splice(0)) await endTree(pid!);
  });
  afterAll(() => directory.remove());

  const freshFile = (): string => {
    const room = directory.fresh('room');
    mkdirSync(room);
    return `${room}/api`;
  };

  /** A program that waits for its end, and its launcher. */
  function start(exitFile: string): { launcher: KnownProcess; end: () => void } {
    const [shell = '', ...args] = launch(['head', '-c', '1'], exitFile);
    const child = spawn(shell, args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    children.push(child);
    return { launcher: knowProcess(child.pid!), end: () => child.stdin.end() };
  }

  it('hears the end of a program that it follows once its launcher is gone too, and once only', async () => {
    const file = freshFile();
    const { launcher, end } = start(file);
    const seen: string[] = [];
    const stopSecond = watch.listen(() => seen.push(checkProcess(launcher).state));
    watch.follow(file, launcher);
    watch.follow(file, launcher);
    end();
    await waitFor('a hint', () => hints > 0);
    expect(seen).toEqual(['dead']);
    writeFileSync(file, '0\n');
    await hearSentinel();
    expect(hints).toBe(2);
    stopSecond();
  });

  it('hears of a program that ended before it could be followed', async () => {
    const file = freshFile();
    const { launcher, end } = start(file);
    end();
    await waitFor('its note', () => existsSync(file));
    watch.follow(file, launcher);
    await waitFor('a hint', () => hints > 0);
  });

  it('hears nothing of programs that it does not follow, or no longer, and nothing when a note is removed', async () => {
    const room = dirname(freshFile());
    const [former, other, removed] = ['former', 'other', 'removed'].map((name) => `${room}/${name}`);
    const programs = [former!, other!, removed!].map(start);
    writeFileSync(removed!, '0\n');
    watch.follow(former!, programs[0]!.launcher);
    watch.forget(former!);
    rmSync(removed!);
    watch.follow(removed!, programs[2]!.launcher);
    for (const { end } of programs.slice(0, 2)) end();
    await waitFor('their notes', () => existsSync(former!) && existsSync(other!));
    await hearSentinel();
    expect(hints).toBe(1);
    programs[2]!.end();
    await waitFor('a hint', () => hints === 2);
  });

  it('hears that its folder was moved away, and hears of the next one of that name', async () => {
    const file = freshFile();
    const first = start(file);
    watch.follow(file, first.launcher);
    renameSync(dirname(file), directory.fresh('moved'));
    await waitFor('a hint', () => hints > 0);
    mkdirSync(dirname(file));
    const second = start(file);
    watch.follow(file, second.launcher);
    second.end();
    await waitFor('a hint', () => hints > 1);
  });

  it('hears a program that is called like its folder', async () => {
    const file = `${dirname(freshFile())}/same/same`;
    mkdirSync(dirname(file));
    expect(basename(file)).toBe(basename(dirname(file)));
    const { launcher, end } = start(file);
    watch.follow(file, launcher);
    end();
    await waitFor('a hint', () => hints > 0);
  });

  it('does not mind that there is no folder', () => {
    watch.follow(directory.file('nowhere/api'), start(freshFile()).launcher);
    expect(hints).toBe(0);
  });

  it('hears nothing any more once nobody listens', async () => {
    const file = freshFile();
    const { launcher, end } = start(file);
    watch.follow(file, launcher);
    stop();
    end();
    await once(children.at(-1)!, 'exit');
    stop = watch.listen(() => {
      hints += 1;
    });
    await hearSentinel();
    expect(hints).toBe(1);
  });

  /** Follows a program of its own to its end: what came before it was heard by then. */
  async function hearSentinel(): Promise<void> {
    const file = freshFile();
    const { launcher, end } = start(file);
    const before = hints;
    watch.follow(file, launcher);
    end();
    await waitFor('the sentinel', () => hints > before);
  }
});
