import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { endTree } from '../../fixtures/processes/end-tree.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { listDescendants } from '../../src/process/list-descendants.js';
import { parentOf } from './parent-of.js';

describe('listDescendants', () => {
  const started: ChildProcess[] = [];
  const start = (...args: string[]): number => {
    const child = spawn('sh', args, { stdio: 'ignore' });
    started.push(child);
    return child.pid!;
  };

  afterEach(async () => {
    for (const child of started.splice(0)) await endTree(child.pid!);
  });

  it('lists children and grandchildren, parents first, and nobody else', async () => {
    start('-c', 'sleep 60; :');
    const root = start('-c', `sh -c 'sleep 60; :' & sh -c 'sleep 60; :' & wait`);
    const below = await waitFor('four processes', () => {
      const found = listDescendants(root);
      return found.length === 4 && found;
    });
    expect(below.map(parentOf)).toEqual([root, root, below[0], below[1]]);
  });

  it('has nobody below a process without children, or without existence', async () => {
    const child = spawn('sleep', ['60']);
    expect(listDescendants(child.pid!)).toEqual([]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(listDescendants(child.pid!)).toEqual([]);
  });
});
