import { existsSync } from 'node:fs';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import type { LifecycleEvent } from '../../src/session/event.js';
import { describeEvent } from './describe-event.js';
import { Vitals } from './vitals.js';

const statusOf = (events: LifecycleEvent[]): string[] =>
  events.filter(({ type }) => type !== 'activity_changed').map(describeEvent);

describe('events', () => {
  let vitals: Vitals;
  beforeEach(async () => {
    vitals = new Vitals();
    await vitals.tmux.begin();
  });
  afterEach(() => vitals.stop());

  it('tells of a session that another shell spawns, and of its death from outside, exactly once', async () => {
    const watch = await vitals.watch();
    expect(watch.messages).toEqual([`watching ${vitals.home}: 0 sessions`]);
    const { handle } = await vitals.spawn('api', 'exec sleep 60');
    await watch.until({ type: 'status_changed', to: 'working' });
    await vitals.tmux.run('kill-session', '-t', String(handle!['sessionId']));
    await watch.until({ type: 'terminated' });
    await vitals.spawn('later', 'exec sleep 60');
    await watch.until({ type: 'status_changed', sessionId: 'later' });

    expect(statusOf(watch.about('api'))).toEqual([
      'spawned api: spawning',
      'status_changed api: spawning to working by lifecycle',
      'status_changed api: working to killed by lifecycle',
      'terminated api: runtime_gone null null',
    ]);
    const ending = watch.about('api').slice(-2);
    for (const event of ending) {
      expect(event).toMatchObject({
        ...{
          projectId: 'default',
          epoch: watch.events[0]!.epoch,
          time: expect.stringMatching(/Z$/) as string,
        },
        evidence: {
          source: expect.stringMatching(/^(tmux|process)$/) as string,
          detail: expect.any(String) as string,
        },
      });
    }
    expect(watch.events.map(({ seq }) => seq)).toEqual(watch.events.map((_, index) => index + 1));
    expect(await watch.end()).toEqual([null, 'SIGTERM']);

    const second = await vitals.passOnce();
    expect(statusOf(second)).toEqual([]);
    const last = [...watch.events, ...second].at(-1);
    await vitals.do('kill', 'later');
    const again = await vitals.passOnce();
    expect(statusOf(again)).toEqual([
      'status_changed later: working to killed by external',
      'terminated later: killed_by_user null null',
    ]);
    expect(again[0]!.seq).toBe(last!.seq + 1);
    expect(again[0]!.epoch).not.toBe(last!.epoch);
  });

  it('knows the exit code of a program although its pane is gone', async () => {
    const watch = await vitals.watch();
    await Promise.all([
      vitals.spawn('three', 'exit 3'),
      vitals.spawn('zero', ':'),
      vitals.spawn('shot', 'kill -9 $$'),
    ]);
    const ends = await Promise.all(
      ['three', 'zero', 'shot'].map((sessionId) => watch.until({ type: 'terminated', sessionId })),
    );
    expect(ends.map(describeEvent)).toEqual([
      'terminated three: runtime_gone 3 null',
      'terminated zero: runtime_gone 0 null',
      'terminated shot: runtime_gone null SIGKILL',
    ]);
    const { sessions } = await vitals.sessions.list();
    const statuses = Object.fromEntries(sessions.map(({ id, status, exit }) => [id, [status, exit?.code]]));
    expect(statuses).toEqual({ three: ['errored', 3], zero: ['done', 0], shot: ['killed', null] });
  });

  it('tells who wrote a change, and takes a kill by command for what it is', async () => {
    const watch = await vitals.watch();
    await vitals.spawn('api', 'exec sleep 60');
    await watch.until({ type: 'status_changed', to: 'working' });
    await vitals.do('kill', 'api');
    await watch.until({ type: 'terminated' });
    expect(statusOf(watch.about('api')).slice(2)).toEqual([
      'status_changed api: working to killed by external',
      'terminated api: killed_by_user null null',
    ]);
  });

  it('tells that a session wants input when it rings, and that it works again once it got some', async () => {
    const watch = await vitals.watch();
    const go = vitals.tmux.directory.file('go');
    await vitals.spawn(
      'asker',
      `printf 'go on? \\a'; read -r line; while :; do echo x; [ -e ${go} ] && exit; sleep 0.1; done`,
    );
    await watch.until({ type: 'status_changed', to: 'needs_input' });
    await vitals.do('send', 'asker', 'yes');
    await watch.until({ type: 'status_changed', from: 'needs_input', to: 'working' });
  });

  it('tells once of a server that stopped answering, and once that it answers again', async () => {
    const { handle } = await vitals.spawn('api', 'exec sleep 60');
    await vitals.spawn('web', 'exec sleep 60');
    const serverPid = Number(handle!['serverPid']);
    const watch = await vitals.watch();
    process.kill(serverPid, 'SIGSTOP');
    const outage = await watch.until({ type: 'runtime_unavailable' });
    expect(outage).toMatchObject({
      runtime: 'tmux',
      server: expect.stringContaining(vitals.tmux.socketPath) as string,
      message: expect.stringContaining(`kill -CONT ${serverPid} wakes it`) as string,
    });
    process.kill(serverPid, 'SIGCONT');
    await watch.until({ type: 'runtime_restored' });
    await vitals.tmux.run('kill-session', '-t', String(handle!['sessionId']));
    await watch.until({ type: 'terminated', sessionId: 'api' });
    const told = watch.events.map(({ type }) => type);
    expect(told.filter((type) => type.startsWith('runtime_'))).toEqual([
      'runtime_unavailable',
      'runtime_restored',
    ]);
    expect(told).not.toContain('tick_error');
    expect(watch.about('web').some(({ type }) => type === 'terminated')).toBe(false);
  });

  it('sees a program die in the pass that --once makes, and then nothing more of it', async () => {
    await vitals.spawn('api', 'exit 3');
    await waitFor('its exit', () => existsSync(`${vitals.home}/exits/default/api`));
    const events = await waitFor('its end', async () => {
      const told = await vitals.passOnce();
      return told.some(({ type }) => type === 'terminated') && told;
    });
    expect(statusOf(events).slice(-2)).toEqual([
      'status_changed api: spawning to errored by lifecycle',
      'terminated api: runtime_gone 3 null',
    ]);
    expect(await vitals.run(['events', '--once'])).toEqual({
      ...{ stdout: '', code: 0, signal: null },
      stderr: `watching ${vitals.home}: 1 sessions\n`,
    });
  });
});

describe('the filters of events', () => {
  const vitals = new Vitals();
  beforeAll(async () => {
    await vitals.tmux.begin();
    for (const [projectId, id] of [
      ['shop', 'api'],
      ['shop', 'web'],
      ['blog', 'api'],
    ] as const) {
      await vitals.spawn(id, 'exec sleep 60', { projectId });
    }
  });
  afterAll(() => vitals.stop());

  const told = async (...args: string[]): Promise<string[]> =>
    (await vitals.passOnce(...args))
      .map(
        (event) =>
          `${event.type} ${'sessionId' in event ? `${event.projectId ?? ''}/${event.sessionId ?? ''}` : ''}`,
      )
      .sort();

  it('may be given more than once', async () => {
    expect(
      await told(
        '--session',
        'shop/api',
        '--session',
        'web',
        '--type',
        'session_restored',
        '--type',
        'lagged',
      ),
    ).toEqual(['session_restored shop/api', 'session_restored shop/web']);
    expect(await told('--project', 'blog', '--session', 'web')).toEqual([]);
  });
});
