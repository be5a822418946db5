import { existsSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { isRunning } from '../../fixtures/processes/is-running.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { eventVariables } from '../../cli/following/event-variables.js';
import type { LifecycleEvent } from '../../src/session/event.js';
import { Vitals } from './vitals.js';

interface Running {
  stdout: () => string;
  stderr: () => string;
  end: () => Promise<[number | null, NodeJS.Signals | null]>;
}

describe('on', () => {
  let vitals: Vitals;
  beforeEach(async () => {
    vitals = new Vitals();
    await vitals.tmux.begin();
  });
  afterEach(() => vitals.stop());

  /** Starts `on`; resolves once it has made its first pass. */
  async function start(...args: string[]): Promise<Running> {
    const child = vitals.start(['on', ...args]);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => (stdout += String(data)));
    child.stderr.on('data', (data) => (stderr += String(data)));
    await waitFor('the first pass', () => stderr.includes('watching'));
    const end = async (): Promise<[number | null, NodeJS.Signals | null]> => {
      const closed = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
      child.kill('SIGTERM');
      return closed;
    };
    return { stdout: () => stdout, stderr: () => stderr, end };
  }
  const FAST = ['--interval', '100ms'];
  const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

  it('runs the command for each event, with the event on stdin and in variables', async () => {
    const script = 'read -r event; echo "$VITALS_SESSION $VITALS_OLD_STATUS to $VITALS_STATUS; $event"';
    const on = await start('status_changed', ...FAST, '--project', 'shop', '--', 'sh', '-c', script);
    await vitals.spawn('other', 'exit 0', { projectId: 'blog' });
    await vitals.spawn('api', 'exit 3', { projectId: 'shop' });
    await waitFor('the end of api', () => on.stdout().includes('to errored'));
    expect(await on.end()).toEqual([null, 'SIGTERM']);
    for (const line of linesOf(on.stdout())) {
      const [said = '', json = ''] = line.split('; ');
      const event = JSON.parse(json) as Extract<LifecycleEvent, { type: 'status_changed' }>;
      expect(said).toBe(`shop/api ${event.from} to ${event.to}`);
      expect(event.type).toBe('status_changed');
    }
  });

  it('hands the command over as it is: no shell reads it', async () => {
    const on = await start(
      'spawned',
      ...FAST,
      '--',
      'printf',
      '%s|',
      '$HOME',
      '`id`',
      '; echo',
      '--help',
      '',
    );
    await vitals.spawn('api', 'exec sleep 1000');
    await waitFor('what it prints', () => on.stdout().split('|').length === 6 && on.stdout());
    expect(on.stdout()).toBe('$HOME|`id`|; echo|--help||');
    await on.end();
  });

  it('says in a line what failed, and goes on', async () => {
    const on = await start('spawned', ...FAST, '--', 'sh', '-c', 'exit 7');
    for (const id of ['one', 'two']) await vitals.spawn(id, 'exec sleep 1000');
    await waitFor('two failures', () => on.stderr().split('exited with 7').length === 3);
    await on.end();
    const [, ...failures] = linesOf(on.stderr());
    expect(failures).toHaveLength(2);
    for (const line of failures)
      expect(line).toMatch(/^vitals: sh failed on event \d+, spawned: it exited with 7$/);

    const missing = await start('spawned', ...FAST, '--', 'no-such-program-anywhere');
    await vitals.spawn('three', 'exec sleep 1000');
    await waitFor('a failure', () => /failed on event .* ENOENT/.test(missing.stderr()));
    await missing.end();
  });

  it('ends one that takes too long, with all that it started, though it will not hear', async () => {
    const file = vitals.tmux.directory.fresh('pids');
    const script = `trap '' TERM; sleep 1000 & echo $$ $! >'${file}.new'; mv '${file}.new' '${file}'; wait; sleep 1000`;
    const on = await start('spawned', ...FAST, '--timeout', '500ms', '--', 'sh', '-c', script);
    await vitals.spawn('api', 'exec sleep 1000');
    const pids = await waitFor(
      'its pids',
      () => existsSync(file) && readFileSync(file, 'utf8').trim().split(' '),
    );
    await waitFor('the report', () => on.stderr().includes('it took longer than 500 ms'));
    await waitFor('their end', () => pids.every((pid) => !isRunning(Number(pid))));
    await on.end();
  });

  it('ends what still runs when it is ended itself', async () => {
    const file = vitals.tmux.directory.fresh('pid');
    const on = await start('spawned', ...FAST, '--', 'sh', '-c', `echo $$ >'${file}'; exec sleep 1000`);
    await vitals.spawn('api', 'exec sleep 1000');
    const pid = await waitFor('its pid', () => existsSync(file) && Number(readFileSync(file, 'utf8')));
    expect(await on.end()).toEqual([null, 'SIGTERM']);
    expect(isRunning(pid)).toBe(false);
  });

  it('runs no more at once than it may, and says how many events that cost', async () => {
    const directory = vitals.tmux.directory.fresh('running');
    const go = vitals.tmux.directory.fresh('go');
    const script = `mkdir -p '${directory}'; : >'${directory}/'$$; while ! [ -e '${go}' ]; do sleep 0.05; done; echo "ran $VITALS_SEQ"`;
    const on = await start(
      ...['spawned', ...FAST, '--concurrency', '2', '--buffer', '1'],
      ...['--', 'sh', '-c', script],
    );
    for (let number = 1; number <= 6; number += 1) await vitals.spawn(`s-${number}`, 'exec sleep 1000');
    for (let number = 1; number <= 6; number += 1) {
      await waitFor(
        'it to be seen',
        async () => (await vitals.sessions.get(`default/s-${number}`))!.status === 'working',
      );
    }
    await vitals.do('spawn', '--id', 'go', '--', 'touch', go);
    const missed = await waitFor('the loss', () => /(\d+) events were missed/.exec(on.stderr())?.[1]);
    await waitFor('all that is left', () => linesOf(on.stdout()).length + Number(missed) === 7);
    await on.end();
    expect(Number(missed)).toBeGreaterThanOrEqual(3);
  });

  it('refuses what makes no sense', async () => {
    const ended = await Promise.all(
      [
        ['on', 'spawned'],
        ['on', 'bogus', '--', 'true'],
        ['on', 'spawned', '--concurrency', '0', '--', 'true'],
        ['on', '--', 'true'],
      ].map((args) => vitals.run(args)),
    );
    for (const { code, stdout, stderr } of ended) {
      expect({ code, stdout, lines: linesOf(stderr).length }).toEqual({ code: 2, stdout: '', lines: 1 });
    }
  });
});

describe('the variables of an event', () => {
  const base = { seq: 1, epoch: 'e', time: '2026-01-01T00:00:00.000Z', projectId: 'shop', sessionId: 'api' };

  it('are all there, null where an event has none of it', () => {
    const exit = { code: 0, signal: null };
    const ended = eventVariables({ ...base, type: 'terminated', reason: 'runtime_gone', exit });
    expect(ended).toMatchObject({
      ...{ VITALS_EVENT: 'terminated', VITALS_SESSION: 'shop/api', VITALS_REASON: 'runtime_gone' },
      ...{ VITALS_EXIT_CODE: '0', VITALS_EXIT_SIGNAL: null, VITALS_STATUS: null, VITALS_MISSED: null },
    });
    const lagged = eventVariables({ seq: 1, epoch: 'e', time: base.time, type: 'lagged', missed: 4 });
    expect(lagged).toMatchObject({ VITALS_SESSION: null, VITALS_SESSION_ID: null, VITALS_MISSED: '4' });
    expect(Object.keys(lagged)).toEqual(Object.keys(ended));
  });

  it('hold what the system takes', () => {
    const message = `a\0b${'x'.repeat(200_000)}`;
    const { VITALS_MESSAGE } = eventVariables({ ...base, type: 'tick_error', stage: 'probe', message });
    expect(VITALS_MESSAGE).toMatch(/^abx+$/);
    expect(VITALS_MESSAGE!.length).toBeLessThan(10_000);
  });
});
