import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync } from 'node:fs';
import { endTree } from '../../fixtures/processes/end-tree.js';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { parseProcStat, readProcess } from '../../src/process/read-process.js';

describe('readProcess', () => {
  const directory = new TemporaryDirectory();
  const started: ChildProcess[] = [];
  const start = (program: string, ...args: string[]): ChildProcess => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    started.push(child);
    return child;
  };

  afterEach(async () => {
    for (const child of started.splice(0)) await endTree(child.pid!);
  });
  afterAll(() => directory.remove());

  it('finds this process running, and names the same start each time', () => {
    const first = readProcess(process.pid);
    expect(first).toEqual({ type: 'running', startTime: expect.stringMatching(/./) as string });
    expect(readProcess(process.pid)).toEqual(first);
  });

  it('tells a stopped process from an ended one', async () => {
    const child = start('sleep', '60');
    const running = readProcess(child.pid!);
    child.kill('SIGSTOP');
    const stopped = await waitFor('a stop', () => {
      const now = readProcess(child.pid!);
      return now.type === 'running' && now.isStopped === true && now;
    });
    expect(stopped).toEqual({ ...running, isStopped: true });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(readProcess(child.pid!)).toEqual({
      type: 'gone',
      detail: `there is no process ${child.pid!}`,
      startTime: null,
    });
  });

  it('finds a zombie gone, and still knows when it began', async () => {
    const parent = start('sh', '-c', 'sleep 60 & echo $!; exec tail -f /dev/null');
    const [line] = (await once(parent.stdout!, 'data')) as [Buffer];
    const pid = Number(line.toString());
    // The shell might still reap its child; what it becomes never does.
    await waitFor('exec', () => readFileSync(`/proc/${parent.pid!}/comm`, 'utf8') === 'tail\n');
    const alive = readProcess(pid);
    process.kill(pid, 'SIGKILL');
    const zombie = await waitFor('a zombie', () => {
      const now = readProcess(pid);
      return now.type === 'gone' && now;
    });
    expect(zombie).toEqual({ ...alive, type: 'gone', detail: `process ${pid} is a zombie` });
  });

  it('is not led astray by the name of a program', async () => {
    const program = directory.file('a) Z (b');
    copyFileSync('/bin/sleep', program);
    const child = start(program, '60');
    await once(child, 'spawn');
    expect(readProcess(child.pid!).type).toBe('running');
  });

  it('finds a process running whose first thread has ended while another runs', () => {
    const stat = (threads: number): string =>
      `7 (name) ${['Z', ...Array.from({ length: 16 }, () => '0'), threads, '0', '4711'].join(' ')}`;
    expect(parseProcStat(7, stat(2))).toEqual({ type: 'running', startTime: '4711' });
    expect(parseProcStat(7, stat(1))).toMatchObject({ type: 'gone', startTime: '4711' });
  });

  it('calls it unknown when the line is cut', () => {
    expect(parseProcStat(7, '7 (name) S 1 2')).toMatchObject({ type: 'unknown' });
    expect(parseProcStat(7, '')).toMatchObject({ type: 'unknown' });
  });
});
