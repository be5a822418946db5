import { ControlHome } from '../control/control-home.js';
import { spawnSession } from '../../src/control/spawn-session.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import type { LifecycleEvent } from '../../src/session/event.js';
import { LifecycleManager } from '../../streams/lifecycle-manager.js';

describe('the end of a plain process', () => {
  const home = new ControlHome();
  const { context } = home;
  afterAll(() => home.tmux.stop());

  it('is told at once, however long the interval is', async () => {
    const manager = new LifecycleManager({ ...context, pollIntervalMs: 600_000, lease: 'none' });
    const events: LifecycleEvent[] = [];
    manager.event$.subscribe((event) => events.push(event));
    manager.start();
    try {
      const output = home.sessions.layout.outputFile('default/api');
      const { handle } = await spawnSession(context, {
        ...{ id: 'api', runtime: 'process', workspacePath: home.tmux.directory.path },
        command: ['sh', '-c', 'echo $$; exec sleep 600'],
      });
      home.tmux.ends(Number(handle!['pid']));
      const pid = await waitFor('its pid', () => Number(home.read(output)));
      await waitFor('its first change', () => events.some(({ type }) => type === 'status_changed'));
      process.kill(pid, 'SIGKILL');
      const ended = await waitFor('its end', () => events.find(({ type }) => type === 'terminated'));
      expect(ended).toMatchObject({ sessionId: 'api', exit: { code: null, signal: 'SIGKILL' } });
    } finally {
      await manager.stop();
    }
  });
});
