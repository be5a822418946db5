import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync } from 'node:fs';
import { endTree } from '../../fixtures/processes/end-tree.js';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { findBelow } from '../../src/process/find-below.js';
import { listAncestors } from '../../src/process/list-ancestors.js';
import { readChildren } from '../../src/process/read-children.js';
import { parseCmdline, readCommand } from '../../src/process/read-command.js';
import { parentOf } from './parent-of.js';

describe('the processes below one', () => {
  const directory = new TemporaryDirectory();
  const program = directory.file('my (agent) Z');
  const started: ChildProcess[] = [];
  const start = (script: string): number => {
    const child = spawn('sh', ['-c', script, program], { stdio: 'ignore' });
    started.push(child);
    return child.pid!;
  };
  const seeAgent = ([name]: string[]): string | null => (name === program ? 'agent' : null);

  beforeAll(() => {
    copyFileSync('/bin/sleep', program);
    chmodSync(program, 0o755);
  });
  afterEach(async () => {
    for (const child of started.splice(0)) await endTree(child.pid!);
  });
  afterAll(() => directory.remove());

  it('are found by their command, the nearest first, whatever it is called', async () => {
    const root = start(`sh -c 'sh -c "sleep 60; :" & "$0" 60; :' "$0" & wait`);
    const found = await waitFor('the agent', () => findBelow(root, seeAgent));
    expect(found).toMatchObject({ seen: 'agent', parentPid: parentOf(found.process.pid) });
    expect(readCommand(found.process.pid)).toEqual([program, '60']);
    expect(listAncestors(found.process.pid).slice(0, 3)).toEqual([found.parentPid, root, process.pid]);
    expect(readChildren(root)).toEqual([found.parentPid]);
  });

  it('count with the process itself', async () => {
    const root = start('exec "$0" 60');
    await waitFor('exec', () => findBelow(root, seeAgent)?.process.pid === root);
  });

  it('leave nobody behind who has ended', async () => {
    const root = start('"$0" 60 & exec tail -f /dev/null');
    const { process: agent } = await waitFor('the agent', () => findBelow(root, seeAgent));
    await waitFor('exec', () => readCommand(root)[0] === 'tail');
    process.kill(agent.pid, 'SIGKILL');
    await waitFor('a zombie', () => findBelow(root, seeAgent) === null);
    expect(readChildren(root)).toEqual([agent.pid]);
  });

  it('are none of a process that is gone', async () => {
    const child = spawn('true');
    await once(child, 'exit');
    expect([readChildren(child.pid!), readCommand(child.pid!), listAncestors(child.pid!)]).toEqual([
      [],
      [],
      [],
    ]);
    expect(findBelow(child.pid!, () => 'anything')).toBeNull();
  });

  it.each([
    ['sleep\0', ['sleep']],
    ['sh\0-c\0\0x y\0', ['sh', '-c', '', 'x y']],
    ['claude\0\0\0\0', ['claude']],
    ['', []],
  ])('have a command line such as %j', (cmdline, command) => {
    expect(parseCmdline(cmdline)).toEqual(command);
  });
});
