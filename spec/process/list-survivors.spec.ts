import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { endTree } from '../../fixtures/processes/end-tree.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { knowProcess, type KnownProcess } from '../../src/process/check-process.js';
import { listDescendants } from '../../src/process/list-descendants.js';
import { listSurvivors } from '../../src/process/list-survivors.js';

describe('listSurvivors', () => {
  const pids: number[] = [];

  /** Starts a session whose leader has a child. */
  async function startSession(): Promise<{ leader: ChildProcess; known: KnownProcess; child: number }> {
    const leader = spawn('sh', ['-c', 'sleep 60 & wait'], { detached: true, stdio: 'ignore' });
    const [child] = await waitFor('its child', () => {
      const below = listDescendants(leader.pid!);
      return below.length > 0 && below;
    });
    pids.push(leader.pid!, child!);
    return { leader, known: knowProcess(leader.pid!), child: child! };
  }

  afterEach(async () => {
    for (const pid of pids.splice(0)) await endTree(pid);
  });

  it('finds what a process left running in its session, until that ends too', async () => {
    const { leader, known, child } = await startSession();
    expect(listSurvivors(known)).toEqual([]);
    leader.kill('SIGKILL');
    await once(leader, 'exit');
    expect(listSurvivors(known)).toEqual([child]);
    await endTree(child);
    expect(listSurvivors(known)).toEqual([]);
  });

  it('finds nothing of another machine, or of an earlier boot', async () => {
    const { leader, known } = await startSession();
    leader.kill('SIGKILL');
    await once(leader, 'exit');
    expect(listSurvivors({ ...known, host: 'elsewhere' })).toEqual([]);
    expect(listSurvivors({ ...known, bootId: 'earlier' })).toEqual([]);
  });

  it('asks the system only once it must', async () => {
    const { known } = await startSession();
    const list = jest.fn(() => []);
    listSurvivors(known, { list });
    expect(list).not.toHaveBeenCalled();
  });
});
