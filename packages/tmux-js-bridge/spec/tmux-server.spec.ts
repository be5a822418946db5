import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { InvalidArgumentError } from '../src/index.js';
import { isRunning } from './fixtures/is-running.js';
import { PrivateTmux } from './fixtures/private-tmux.js';
import { transports } from './fixtures/transports.js';
import { waitFor } from './fixtures/wait-for.js';

describe.each(transports)('by %s', (transport) => {
  let tmux: PrivateTmux;
  beforeEach(() => {
    tmux = new PrivateTmux({ transport });
  });
  afterEach(() => tmux.stop());

  describe('clearing alerts', () => {
    it.each([true, false])('takes back the bell and kills nothing (session given: %j)', async (isGiven) => {
      const other = await tmux.start('other', ['sh', '-c', 'printf "\\a"; exec cat']);
      const { sessionId, ...pane } = await tmux.start('ringing', ['sh', '-c', 'printf "\\a"; exec cat']);
      await waitFor('both bells', async () => {
        const { panes } = await tmux.server.listPanes();
        return panes.every(({ hasBell }) => hasBell);
      });

      await tmux.server.clearAlerts(isGiven ? { ...pane, sessionId } : pane);

      expect(await tmux.findPane(pane)).toMatchObject({
        hasBell: false,
        panePid: pane.panePid,
        isDead: false,
      });
      expect(await tmux.findPane(other)).toMatchObject({ hasBell: true });
      expect(isRunning(pane.panePid)).toBe(true);
    });
  });

  describe('capturing a pane', () => {
    const print = (count: number) => ['sh', '-c', `seq 1 ${count}; printf 'é 漢  end'; exec cat`];
    const untilPrinted = (pane: Parameters<typeof tmux.server.capturePane>[0]) =>
      waitFor('the output', async () => (await tmux.server.capturePane(pane)).endsWith('end'));

    it('gives what the screen shows', async () => {
      const pane = await tmux.start('short', print(3));
      await untilPrinted(pane);

      expect(await tmux.server.capturePane(pane)).toBe('1\n2\n3\né 漢  end');
    });

    it('gives as many of the last lines as asked for', async () => {
      const pane = await tmux.start('long', print(500));
      await untilPrinted(pane);

      expect((await tmux.server.capturePane(pane)).split('\n')).toHaveLength(24);
      expect(await tmux.server.capturePane(pane, { lines: 2 })).toBe('500\né 漢  end');
      expect((await tmux.server.capturePane(pane, { lines: 100 })).split('\n')).toHaveLength(100);
      expect((await tmux.server.capturePane(pane, { lines: 10_000 })).split('\n')).toHaveLength(501);
    });

    it('gives nothing for an empty screen, and refuses no lines at all', async () => {
      const pane = await tmux.start('blank');

      expect(await tmux.server.capturePane(pane)).toBe('');
      await expect(tmux.server.capturePane(pane, { lines: 0 })).rejects.toThrow(InvalidArgumentError);
    });
  });

  describe('attaching', () => {
    it('names the session by its id alone', async () => {
      await tmux.start('foobar');
      const { sessionId } = await tmux.start('foo');
      const [file = '', ...args] = tmux.server.attachCommand(sessionId);
      expect([file, ...args]).toEqual([
        'tmux',
        '-u',
        '-S',
        tmux.socketPath,
        'attach-session',
        '-t',
        sessionId,
      ]);

      const attached = spawn(file, ['-C', ...args], { env: tmux.env });
      let output = '';
      attached.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      await waitFor('the session', () => output.includes(`%session-changed ${sessionId} foo\n`));
      attached.stdin.end();
      await once(attached, 'close');
    });

    it.each(['foo', '=foo', '%1', '$1\n', ''])('refuses the session id %j', (sessionId) => {
      expect(() => tmux.server.attachCommand(sessionId)).toThrow(InvalidArgumentError);
    });
  });
});
