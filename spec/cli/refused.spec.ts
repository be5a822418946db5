import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { EventsCommand } from './events-command.js';
import { MAIN, Vitals } from './vitals.js';

/** The user nobody, as Debian, Fedora and Alpine number it. */
const NOBODY = 65534;

const asNobody = spawnSync(process.execPath, [MAIN, '--version'], { uid: NOBODY, gid: NOBODY });
const canBeNobody = asNobody.status === 0;
if (!canBeNobody)
  process.stderr.write("skipped: the command can't be run as another user here (only root can)\n");

(canBeNobody ? it : it.skip)(
  'tells one outage of a server that refuses its user, and still each proven death',
  async () => {
    const vitals = new Vitals();
    try {
      await vitals.tmux.begin();
      for (const id of ['s-0', 's-1', 's-2']) await vitals.spawn(id, 'exec sleep 1000');
      chmodSync(vitals.tmux.directory.path, 0o711);
      execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, vitals.home]);

      const args = ['events', '--interval', '100ms'];
      const watched = new EventsCommand(vitals.start(args, { uid: NOBODY }));
      await watched.watching;
      const outage = await watched.until({ type: 'runtime_unavailable' });
      expect(outage).toMatchObject({
        message: expect.stringContaining('run vitals as the user who started it') as string,
      });
      process.kill(Number((await vitals.sessions.get('default/s-0'))?.handle?.['panePid']), 'SIGKILL');
      await watched.until({ type: 'terminated', sessionId: 's-0' });
      await watched.end();

      const told = watched.events.map(({ type }) => type).filter((type) => type !== 'session_restored');
      expect(told).toEqual(['runtime_unavailable', 'status_changed', 'terminated']);
    } finally {
      await vitals.stop();
    }
  },
);
