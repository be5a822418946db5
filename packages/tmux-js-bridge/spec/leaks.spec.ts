import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { countDescriptors } from './fixtures/control-client.js';
import { isRunning } from './fixtures/is-running.js';
import { PrivateTmux } from './fixtures/private-tmux.js';
import { waitFor } from './fixtures/wait-for.js';

const run = promisify(execFile);

/** What this process holds: descriptors, and what keeps its loop busy. Of timers, Jest and a waiting spec have some. */
function takeStock(): string {
  const resources = process.getActiveResourcesInfo().filter((name) => name !== 'Timeout');
  return [countDescriptors(), ...resources.sort()].join(' ');
}

const countTimers = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

/** Waits until this process holds what it held before. */
async function untilAsBefore(before: string, timerCount: number): Promise<void> {
  await waitFor(`${before} again`, () => takeStock() === before);
  await waitFor('the timers to go', () => countTimers() <= timerCount + 1);
}

let tmux: PrivateTmux;
beforeEach(() => {
  tmux = new PrivateTmux({ transport: 'socket' });
});
afterEach(() => tmux.stop());

it('holds nothing after many calls', async () => {
  await tmux.start('a');
  await tmux.server.listPanes();
  const [before, timerCount] = [takeStock(), countTimers()];

  for (let round = 0; round < 100; round += 1) {
    await tmux.server.listPanes();
    await tmux.connect().listPanes();
  }

  await untilAsBefore(before, timerCount);
  expect(await tmux.listSessionNames()).toEqual(['a']);
  expect((await tmux.run('list-clients')).trim()).toBe('');
});

it('holds nothing after many servers', async () => {
  await waitFor('what was ended before to be gone', () => !takeStock().includes('ProcessWrap'));
  const [before, timerCount] = [takeStock(), countTimers()];
  for (let round = 0; round < 20; round += 1) {
    const { server } = await tmux.start(`a-${round}`);
    expect((await tmux.server.listPanes()).server).toEqual(server);
    process.kill(server.pid, round % 2 === 0 ? 'SIGTERM' : 'SIGKILL');
    await waitFor('the server to end', () => !isRunning(server.pid));
    await expect(tmux.server.listPanes()).rejects.toThrow();
  }

  await untilAsBefore(before, timerCount);
});

it('leaves a server alive whose sessions come and go at full speed', async () => {
  const kept = await tmux.start('kept');
  await tmux.server.listPanes();
  let isOver = false;
  let eventCount = 0;
  const churn = async (worker: number): Promise<void> => {
    const commands = Array.from({ length: 10 }, (_, index) => {
      const name = `churn-${worker}-${index}`;
      return ['new-session', '-d', '-s', name, 'cat', ';', 'kill-session', '-t', `=${name}`, ';'];
    });
    while (!isOver) {
      await run('tmux', ['-N', '-S', tmux.socketPath, ...commands.flat().slice(0, -1)]);
      eventCount += 20;
    }
  };
  const ask = async (): Promise<void> => {
    for (let round = 0; round < 100; round += 1) {
      const { server, panes } = await tmux.server.listPanes();
      expect(server).toEqual(kept.server);
      expect(panes.map(({ paneId }) => paneId)).toContain(kept.paneId);
    }
  };
  const churning = Promise.all([churn(1), churn(2)]);
  await Promise.all([ask(), ask(), ask(), ask()]).finally(() => (isOver = true));
  await churning;

  expect(isRunning(kept.server.pid)).toBe(true);
  expect(eventCount).toBeGreaterThan(20);
}, 120_000);
