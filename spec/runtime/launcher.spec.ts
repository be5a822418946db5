import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { endTree } from '../../fixtures/processes/end-tree.js';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { listDescendants } from '../../src/process/list-descendants.js';
import { readExitFile } from '../../src/runtime/exit-file.js';
import { launch } from '../../src/runtime/launcher.js';

const HOSTILE = [
  'a;',
  ';',
  '#(touch canary)',
  '$(touch canary)',
  '`touch canary`',
  'a\nb',
  '-x',
  '--',
  '',
  'ä→🙂',
  "'",
  '"',
  '*',
];

describe('the launcher', () => {
  const directory = new TemporaryDirectory();
  const started: ChildProcess[] = [];

  function start(
    command: string[],
    exitFile = directory.fresh('exit'),
  ): { child: ChildProcess; exitFile: string } {
    const [shell = '', ...args] = launch(command, exitFile);
    const child = spawn(shell, args, {
      cwd: directory.path,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    started.push(child);
    return { child, exitFile };
  }

  async function run(...command: string[]): Promise<Awaited<ReturnType<typeof readExitFile>>> {
    const { child, exitFile } = start(command);
    await once(child, 'exit');
    return readExitFile(exitFile);
  }

  afterEach(async () => {
    for (const child of started.splice(0)) await endTree(child.pid!);
  });
  afterAll(() => directory.remove());

  it.each([0, 1, 3, 126, 127, 128])('notes the exit code %i', async (code) => {
    expect(await run('sh', '-c', `exit ${code}`)).toEqual({ code, signal: null });
  });

  it.each(['KILL', 'TERM', 'SEGV'])('notes that SIG%s ended the program', async (signal) => {
    expect(await run('sh', '-c', `ulimit -c 0; kill -${signal} $$`)).toEqual({
      code: null,
      signal: `SIG${signal}`,
    });
  });

  it('notes 127 for a program that is not there, and 126 for one that is no program', async () => {
    expect(await run(directory.file('nothing'))).toEqual({ code: 127, signal: null });
    expect(await run(directory.path)).toEqual({ code: 126, signal: null });
  });

  it('gives the program its arguments as they are', async () => {
    const file = directory.fresh('argv');
    const note = 'require("fs").writeFileSync(process.argv[1], JSON.stringify(process.argv.slice(2)))';
    expect(await run(process.execPath, '-e', note, '--', file, ...HOSTILE)).toEqual({
      code: 0,
      signal: null,
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(HOSTILE);
    expect(existsSync(directory.file('canary'))).toBe(false);
  });

  it.each(['SIGINT', 'SIGQUIT'] as const)(
    'keeps the exit code of a program that handles %s',
    async (signal) => {
      const { child, exitFile } = start([
        'sh',
        '-c',
        `trap 'exit 42' ${signal.slice(3)}; echo ready; while :; do sleep 0.05; done`,
      ]);
      await once(child.stdout!, 'data');
      process.kill(-child.pid!, signal);
      await once(child, 'exit');
      expect(await readExitFile(exitFile)).toEqual({ code: 42, signal: null });
    },
  );

  it('lets the program have the default signals, not ignored ones', async () => {
    expect(await run('sh', '-c', 'kill -INT $$; exit 7')).toEqual({ code: null, signal: 'SIGINT' });
  });

  it('leaves no exit file, and nothing else, while the program runs or when it is killed itself', async () => {
    const room = directory.fresh('room');
    mkdirSync(room);
    const { child, exitFile } = start(['sh', '-c', 'echo ready; sleep 60; :'], `${room}/exit`);
    await once(child.stdout!, 'data');
    expect(readdirSync(room)).toEqual([]);
    const below = listDescendants(child.pid!);
    child.kill('SIGKILL');
    await once(child, 'exit');
    for (const pid of below) await endTree(pid);
    expect(readdirSync(room)).toEqual([]);
    expect(await readExitFile(exitFile)).toEqual({ code: null, signal: null });
  });

  it('ends with the exit code of its program', async () => {
    const { child } = start(['sh', '-c', 'exit 5']);
    expect(await once(child, 'exit')).toEqual([5, null]);
  });
});
