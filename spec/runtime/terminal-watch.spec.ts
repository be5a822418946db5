import { existsSync } from 'node:fs';
import { PrivateTmux } from '../../fixtures/processes/private-tmux.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { TerminalWatch } from '../../src/runtime/terminal-watch.js';

const describeOnLinux = existsSync('/dev/pts') ? describe : describe.skip;

describeOnLinux('watching terminals', () => {
  const tmux = new PrivateTmux();
  const watch = new TerminalWatch();
  let hints = 0;
  let stop: () => void;

  beforeAll(() => tmux.begin());
  afterAll(() => tmux.stop());
  beforeEach(() => {
    hints = 0;
    stop = watch.listen(() => {
      hints += 1;
    });
  });
  afterEach(() => stop());

  async function startPane(name: string): Promise<number> {
    const pane = await tmux.newSession(name, 'sleep', '1000');
    return Number(await tmux.run('display-message', '-p', '-t', pane, '#{pane_pid}'));
  }

  /** A group of these alone. */
  const followOnly = (one: TerminalWatch, group: string, pids: number[]): void =>
    one.follow(group, pids, new Set(pids));

  it('hears when the terminal of a process that it follows is closed', async () => {
    followOnly(watch, 'group', [await startPane('a')]);
    await tmux.run('kill-session', '-t', '=a');
    await waitFor('a hint', () => hints > 0);
  });

  it('hears nothing of terminals that it does not follow, or no longer', async () => {
    const [ours, former] = [await startPane('ours'), await startPane('former')];
    await startPane('other');
    followOnly(watch, 'group', [ours, former]);
    followOnly(watch, 'group', [ours]);
    await tmux.run('kill-session', '-t', '=other');
    await tmux.run('kill-session', '-t', '=former');
    expect(hints).toBe(0);
    await tmux.run('kill-session', '-t', '=ours');
    await waitFor('a hint', () => hints > 0);
  });

  it('goes on with those that are still in the group, whoever else was asked about', async () => {
    const [first, second] = [await startPane('one'), await startPane('two')];
    followOnly(watch, 'group', [first]);
    watch.follow('group', [second], new Set([first, second]));
    await tmux.run('kill-session', '-t', '=one');
    await waitFor('a hint', () => hints > 0);
  });

  it('takes nobody who gets the terminal of one that has ended for that one', async () => {
    const terminalOf = (name: string): Promise<string> =>
      tmux.run('display-message', '-p', '-t', `=${name}:`, '#{pane_tty}');
    followOnly(watch, 'group', [await startPane('first')]);
    const terminal = await terminalOf('first');
    await tmux.run('kill-session', '-t', '=first');
    await waitFor('a hint', () => hints > 0);
    // The lowest free one is given: whoever opens terminals meanwhile may take it, and gives it back.
    await waitFor('the same terminal', async () => {
      await startPane('next');
      if ((await terminalOf('next')) === terminal) return true;
      await tmux.run('kill-session', '-t', '=next');
      return false;
    });
    hints = 0;
    const sentinel = await startPane('sentinel');
    followOnly(watch, 'other', [sentinel]);
    await tmux.run('kill-session', '-t', '=next');
    await waitFor('its end', () => !existsSync(terminal));
    await tmux.run('kill-session', '-t', '=sentinel');
    await waitFor('a hint', () => hints > 0);
    expect(hints).toBe(1);
  });

  it('hears at once of a process that ended before it could be followed, and once only', async () => {
    const pid = await startPane('short');
    await tmux.run('kill-session', '-t', '=short');
    await waitFor('its end', () => !existsSync(`/proc/${pid}`));
    followOnly(watch, 'group', [pid]);
    followOnly(watch, 'group', [pid]);
    expect(hints).toBe(1);
  });

  it('hears nothing any more once nobody listens', async () => {
    followOnly(watch, 'group', [await startPane('late')]);
    stop();
    let others = 0;
    const second = new TerminalWatch();
    const stopSecond = second.listen(() => {
      others += 1;
    });
    followOnly(second, 'group', [
      Number(await tmux.run('display-message', '-p', '-t', '=late:', '#{pane_pid}')),
    ]);
    await tmux.run('kill-session', '-t', '=late');
    await waitFor('the second watch', () => others > 0);
    stopSecond();
    expect(hints).toBe(0);
  });
});
