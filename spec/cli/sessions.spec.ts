import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { isRunning } from '../../fixtures/processes/is-running.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { readLines, Vitals } from './vitals.js';

describe('spawn, list, kill and attach', () => {
  const vitals = new Vitals();
  beforeAll(() => vitals.tmux.begin());
  afterAll(() => vitals.stop());

  it('prints the id of what it started, alone on stdout', async () => {
    const named = await vitals.run(['spawn', '--id', 'api', '--project', 'shop', '--', 'sleep', '60']);
    expect(named).toEqual({ stdout: 'api\n', stderr: '', code: 0, signal: null });
    const session = await vitals.sessions.get('shop/api');
    expect(session).toMatchObject({ workspacePath: vitals.tmux.directory.path, command: ['sleep', '60'] });
    const unnamed = await vitals.run(['spawn', '--', 'sleep', '60']);
    expect(unnamed.stdout).toMatch(/^sleep-[a-z0-9]{4}\n$/);
  });

  it('starts it as a plain process where it is told to', async () => {
    await vitals.do('spawn', '--id', 'plain', '--runtime', 'process', '--', 'sleep', '60');
    const { handle } = (await vitals.sessions.get('default/plain'))!;
    expect(isRunning(Number(handle!['pid']))).toBe(true);
    expect(await vitals.run(['kill', 'plain'])).toMatchObject({ code: 0 });
    expect(isRunning(Number(handle!['pid']))).toBe(false);
  });

  it('passes on what stands behind --, whatever it looks like', async () => {
    const file = vitals.tmux.directory.fresh('argv');
    const script = 'printf "%s|" "$@" >"$0"';
    const args = ['--help', '--id', 'x', '--', '007', '', 'a;'];
    await vitals.do('spawn', '--id', 'argv', '--', 'sh', '-c', script, file, ...args);
    const written = await waitFor('its report', () => existsSync(file) && readFileSync(file, 'utf8'));
    expect(written).toBe(args.map((arg) => `${arg}|`).join(''));
  });

  it('fails with one line, and leaves no record, where there is no such program', async () => {
    const { stdout, stderr, code } = await vitals.run([
      'spawn',
      '--id',
      'none',
      '--',
      'no-such-program-anywhere',
    ]);
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
    expect(stderr).toBe('vitals: there is no program "no-such-program-anywhere" on PATH\n');
    expect(await vitals.sessions.get('default/none')).toBeNull();
  });

  it('takes numbers for ids as they stand', async () => {
    await vitals.do('spawn', '--id', '007', '--', 'sleep', '60');
    expect((await vitals.run(['kill', '007'])).stderr).toBe('default/007 is killed\n');
  });

  it('lists every session as a line of JSON on a pipe', async () => {
    const { stdout, stderr } = await vitals.run(['list']);
    const listed = readLines(stdout) as { id: string }[];
    const { sessions } = await vitals.sessions.list();
    expect(stderr).toBe('');
    expect(listed).toEqual(JSON.parse(JSON.stringify(sessions)));
    expect(listed.map(({ id }) => id)).toContain('api');
    expect(readLines(await vitals.do('list', '--json'))).toEqual(listed);
  });

  it('lists nothing in a home that is not there', async () => {
    const home = vitals.tmux.directory.fresh('new-home');
    expect(await vitals.run(['list', '--home', home])).toEqual({
      stdout: '',
      stderr: '',
      code: 0,
      signal: null,
    });
  });

  it('ends a program, records that and says so; a second time it says that it had ended', async () => {
    const { handle } = await vitals.spawn('victim', 'exec sleep 60');
    const first = await vitals.run(['kill', 'default/victim']);
    expect(first).toEqual({ stdout: '', stderr: 'default/victim is killed\n', code: 0, signal: null });
    expect(isRunning(Number(handle!['panePid']))).toBe(false);
    expect(await vitals.run(['kill', 'victim'])).toEqual({
      ...first,
      stderr: 'default/victim had ended before: it is killed\n',
    });
  });

  it('ends what an interrupted kill left running', async () => {
    const [ready, asked] = ['ready', 'asked'].map((name) => vitals.tmux.directory.fresh(name));
    const script = `trap 'test -e ${asked} && exit; echo asked >${asked}' TERM; echo ready >${ready}; while :; do sleep 0.05; done`;
    const { handle } = await vitals.spawn('stubborn', script);
    await waitFor('its trap', () => existsSync(ready!));
    const child = vitals.start(['kill', 'stubborn']);
    await waitFor('the first SIGTERM', () => existsSync(asked!));
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
    expect(isRunning(Number(handle!['panePid']))).toBe(true);
    expect((await vitals.sessions.get('default/stubborn'))!.status).toBe('killed');
    expect(await vitals.run(['kill', 'stubborn'])).toMatchObject({
      stderr: 'default/stubborn is killed\n',
      code: 0,
    });
    expect(isRunning(Number(handle!['panePid']))).toBe(false);
  });

  it('never takes a prefix for a session to kill', async () => {
    await vitals.spawn('int-12', 'exec sleep 60');
    expect(await vitals.run(['kill', 'int-1'])).toMatchObject({ code: 3, stdout: '' });
    expect((await vitals.sessions.get('default/int-12'))!.status).toBe('spawning');
  });

  it('asks which one is meant where two projects have it', async () => {
    for (const projectId of ['one', 'two']) await vitals.spawn('twin', 'exec sleep 60', { projectId });
    const { stderr, code } = await vitals.run(['kill', 'twin']);
    expect({ stderr, code }).toEqual({
      stderr: 'vitals: "twin" fits 2 sessions (one/twin, two/twin): name more of it, as PROJECT/ID\n',
      code: 2,
    });
  });

  it('names the command to attach with where there is no terminal', async () => {
    const session = await vitals.spawn('shown', 'exec sleep 60');
    const { stdout, stderr, code } = await vitals.run(['attach', 'shown']);
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    expect(stderr).toContain(
      `tmux -u -S ${vitals.tmux.socketPath} attach-session -t ${String(session.handle!['sessionId'])}`,
    );
  });
});
