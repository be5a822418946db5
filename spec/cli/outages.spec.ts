import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { PrivateTmux } from '../../fixtures/processes/private-tmux.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { listSurvivors } from '../../src/process/list-survivors.js';
import { paneProcess, parseTmuxHandle } from '../../src/runtime/tmux-handle.js';
import type { EventType } from '../../src/session/event.js';
import type { EventsCommand } from './events-command.js';
import { Vitals } from './vitals.js';

const count = (watched: EventsCommand, type: EventType): number =>
  watched.events.filter((event) => event.type === type).length;

const tally = (watched: EventsCommand): Record<string, number> => ({
  unavailable: count(watched, 'runtime_unavailable'),
  restored: count(watched, 'runtime_restored'),
  terminated: count(watched, 'terminated'),
  errors: count(watched, 'tick_error'),
});

/** A program that outlives its terminal and its server. */
const SURVIVOR = 'trap "" HUP; while :; do sleep 1; done >/dev/null 2>&1 <&1';

describe('when a tmux server is out of reach', () => {
  let vitals: Vitals;
  let watched: EventsCommand;
  let serverPid: number;

  beforeEach(async () => {
    vitals = new Vitals();
    serverPid = await vitals.tmux.begin();
  });
  afterEach(() => vitals.stop());

  async function spawnMany(number: number): Promise<void> {
    for (let index = 0; index < number; index += 1) await vitals.spawn(`s-${index}`, 'exec sleep 1000');
  }

  it('ends each of 50 sessions whose server was killed, and makes no outage of it', async () => {
    await spawnMany(50);
    watched = await vitals.watch();
    process.kill(serverPid, 'SIGKILL');
    await waitFor('all deaths', () => count(watched, 'terminated') === 50);
    await vitals.passOnce();
    expect(count(watched, 'runtime_unavailable')).toBeLessThanOrEqual(1);
    expect(tally(watched)).toMatchObject({ terminated: 50, restored: 0, errors: 0 });
    expect(
      new Set(watched.events.map((event) => ('sessionId' in event ? event.sessionId : ''))).size,
    ).toBeGreaterThanOrEqual(50);
  });

  it('tells one outage for those that outlive their killed server, and ends the others by proof', async () => {
    await spawnMany(5);
    const survivors = [await vitals.spawn('rock', SURVIVOR), await vitals.spawn('oak', SURVIVOR)];
    const left = (): number[] =>
      survivors.flatMap(({ handle }) => listSurvivors(paneProcess(parseTmuxHandle(handle!))));
    watched = await vitals.watch();
    process.kill(serverPid, 'SIGKILL');
    await waitFor('the deaths', () => count(watched, 'terminated') >= 5);
    const outage = await watched.until({ type: 'runtime_unavailable' });
    for (const pid of left()) vitals.tmux.ends(pid);
    expect(outage).toMatchObject({ message: expect.stringContaining(`server ${serverPid}`) as string });
    await vitals.passOnce();
    expect(tally(watched)).toEqual({ unavailable: 1, restored: 0, terminated: 5, errors: 0 });
    expect(left().length).toBeGreaterThanOrEqual(2);
    for (const { id } of survivors) await vitals.do('kill', id);
    expect(left()).toEqual([]);
  });

  it('tells one outage of a server that is stopped, and its end, and no death', async () => {
    await spawnMany(5);
    watched = await vitals.watch();
    process.kill(serverPid, 'SIGSTOP');
    await watched.until({ type: 'runtime_unavailable' });
    process.kill(serverPid, 'SIGCONT');
    await watched.until({ type: 'runtime_restored' });
    await vitals.tmux.run('kill-session', '-t', '=default/s-0');
    await watched.until({ type: 'terminated' });
    expect(tally(watched)).toEqual({ unavailable: 1, restored: 1, terminated: 1, errors: 0 });
  });

  it('tells one outage of a server whose socket is removed, how to mend it, and still each proven death', async () => {
    await spawnMany(5);
    watched = await vitals.watch();
    rmSync(vitals.tmux.socketPath);
    const outage = await watched.until({ type: 'runtime_unavailable' });
    process.kill(Number((await vitals.sessions.get('default/s-0'))?.handle?.['panePid']), 'SIGKILL');
    await watched.until({ type: 'terminated', sessionId: 's-0' });
    expect(tally(watched)).toEqual({ unavailable: 1, restored: 0, terminated: 1, errors: 0 });
    await watched.end();

    expect(outage).toMatchObject({ message: expect.stringContaining(`kill -USR1 ${serverPid}`) as string });
    expect(await vitals.passOnce()).toEqual([]);
    const { stdout, code } = await vitals.run(['doctor']);
    expect(stdout).toContain(`kill -USR1 ${serverPid}`);
    expect(code).toBe(1);
    execFileSync('kill', ['-USR1', String(serverPid)]);
    await waitFor('the socket', () => existsSync(vitals.tmux.socketPath));
    expect((await vitals.run(['doctor'])).code).toBe(0);
  });

  it('reaches every session by its own socket, wherever tmux looks in the environment of the loop', async () => {
    const other = new PrivateTmux();
    try {
      await other.begin();
      await spawnMany(2);
      vitals.env['TMUX_TMPDIR'] = other.directory.path;
      watched = await vitals.watch();
      await vitals.tmux.run('kill-session', '-t', '=default/s-0');
      await watched.until({ type: 'terminated', sessionId: 's-0' });
      expect(tally(watched)).toEqual({ unavailable: 0, restored: 0, terminated: 1, errors: 0 });
    } finally {
      await other.stop();
    }
  });

  it('keeps two servers apart: the end of one says nothing of the other', async () => {
    const other = new PrivateTmux();
    try {
      const otherPid = await other.begin();
      await spawnMany(2);
      await vitals.do('spawn', '--tmux-socket', other.socketPath, '--id', 'there', '--', 'sleep', '1000');
      watched = await vitals.watch();
      process.kill(otherPid, 'SIGKILL');
      await watched.until({ type: 'terminated', sessionId: 'there' });
      await vitals.tmux.run('kill-session', '-t', '=default/s-1');
      await watched.until({ type: 'terminated', sessionId: 's-1' });
      expect(tally(watched)).toMatchObject({ restored: 0, terminated: 2, errors: 0 });
      expect(count(watched, 'runtime_unavailable')).toBeLessThanOrEqual(1);
    } finally {
      await other.stop();
    }
  });
});
