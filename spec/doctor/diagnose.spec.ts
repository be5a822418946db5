import { execFileSync } from 'node:child_process';
import { readdirSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeSession } from '../../fixtures/sessions.js';
import { spawnSession } from '../../src/control/spawn-session.js';
import { diagnose, type DiagnoseOptions } from '../../src/doctor/diagnose.js';
import { TmuxRuntime } from '../../src/runtime/tmux.js';
import type { Finding } from '../../src/session/finding.js';
import { formatHolder, newHolder } from '../../src/store/lock-holder.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { ControlHome } from '../control/control-home.js';

describe('diagnose', () => {
  let home: ControlHome;
  beforeEach(() => {
    home = new ControlHome();
  });
  afterEach(() => home.tmux.stop());

  const look = (options: DiagnoseOptions = {}, context = home.context): Promise<Finding[]> =>
    diagnose(context, { env: home.tmux.env, isTerminal: false, ...options });

  const statesOf = (findings: Finding[]): string[] => findings.map(({ check, state }) => `${check} ${state}`);

  const ofCheck = (findings: Finding[], name: string): Finding[] =>
    findings.filter(({ check }) => check === name);

  it('finds all well where nothing is yet, and leaves it so', async () => {
    const findings = await look();
    expect(statesOf(findings)).toEqual(
      [
        ...['home', 'node', 'tmux', 'socket', 'disk', 'records', 'loop', 'journal'],
        ...(process.platform === 'linux' ? ['watches', 'files'] : []),
        ...['processes', 'clock', 'agents', 'terminal'],
      ].map((check) => `${check} ok`),
    );
    for (const { cure } of findings) expect(cure).toBeNull();
    expect(readdirSync(home.tmux.directory.path)).toEqual([`tmux-${process.getuid!()}`]);
  });

  it('changes nothing on disk, not even what a killed writer left', async () => {
    await home.save(makeSession({ id: 'api' }));
    const dead = { ...newHolder(), pid: 2 ** 22 + 1 };
    const lock = home.sessions.layout.lockFile('shop/api');
    symlinkSync(formatHolder(dead), lock);
    await home.put('shop/api', '{"format":1,');
    const left = join(dirname(home.sessions.layout.sessionFile('shop/api')), '.api.json.0a.tmp');
    await writeFile(left, '');
    utimesSync(left, 1_000, 1_000);
    const seen = (): unknown[] =>
      readdirSync(home.sessions.home, { recursive: true, encoding: 'utf8' }).map((name) => {
        const { mtimeMs, ino, mode } = statSync(join(home.sessions.home, dirname(name)));
        return [name, mtimeMs, ino, mode];
      });
    const before = seen();
    const findings = await look();
    expect(seen()).toEqual(before);
    expect(ofCheck(findings, 'records')).toContainEqual({
      ...{ check: 'records', state: 'warning' },
      found: `a writer that was killed left ${left}; it does no harm`,
      cure: 'vitals list clears away what is proven to be left; remove the rest while no vitals runs',
    });
  });

  it('finds each server that answers for live sessions', async () => {
    await home.tmux.begin();
    const { context, tmux } = home;
    for (const id of ['a', 'b'])
      await spawnSession(context, { id, command: ['sleep', '60'], workspacePath: tmux.directory.path });
    const findings = await look();
    expect(ofCheck(findings, 'sessions')).toEqual([
      {
        ...{ check: 'sessions', state: 'ok', cure: null },
        found: expect.stringMatching(/^tmux:.* answers for 2 of the live sessions$/) as string,
      },
    ]);
  });

  it('finds a server that does not answer broken, and says how to mend it', async () => {
    const serverPid = await home.tmux.begin();
    const { tmux } = home;
    const runtimes = { tmux: new TmuxRuntime({ socketPath: tmux.socketPath, timeoutMs: 300 }) };
    const context = { ...home.context, runtimes };
    await spawnSession(context, { command: ['sleep', '60'], workspacePath: tmux.directory.path });
    process.kill(serverPid, 'SIGSTOP');
    const findings = await look({}, context);
    expect(statesOf(findings)).toContain('socket broken');
    expect(ofCheck(findings, 'sessions')).toEqual([
      {
        ...{ check: 'sessions', state: 'broken', cure: 'do as it says' },
        found: expect.stringContaining(`kill -CONT ${serverPid} wakes it`) as string,
      },
    ]);
  });

  it('finds records that nobody can read or probe', async () => {
    await home.put('shop/cut', '{"format":1,');
    await home.put('shop/new', '{"format":99}');
    const pipe = home.sessions.layout.sessionFile('shop/pipe');
    execFileSync('mkfifo', [pipe]);
    await home.save(makeSession({ id: 'odd', runtime: 'nowhere' }));
    const findings = await look();
    const warning = (name: string, cure: string): unknown => ({
      ...{ check: 'records', state: 'warning', cure },
      found: expect.stringContaining(`${name}.json: `) as string,
    });
    expect(ofCheck(findings, 'records')).toEqual([
      { check: 'records', state: 'ok', found: '1 recorded, 1 live', cure: null },
      warning('cut', 'mend it or remove it'),
      warning('new', 'update session-vitals'),
      warning('pipe', 'mend it or remove it'),
    ]);
    expect(ofCheck(findings, 'sessions')).toEqual([
      {
        ...{ check: 'sessions', state: 'warning', cure: 'see each of them: vitals list' },
        found: `1 of the live sessions can't be probed: no runtime is called "nowhere" here`,
      },
    ]);
  });

  it('goes on where one thing can not be looked at', async () => {
    const file = home.tmux.directory.file('file');
    await writeFile(file, '');
    const sessions = new SessionManager({ home: `${file}/home` });
    const failing = { diagnose: () => Promise.reject(new Error('out of order')) };
    const runtimes = { ...home.context.runtimes, failing } as unknown as typeof home.context.runtimes;
    const findings = await look({}, { ...home.context, sessions, runtimes });
    expect(findings).toContainEqual({
      ...{ check: 'home', state: 'broken', cure: 'name another home with --home or VITALS_HOME' },
      found: `${file}/home can't be: ${file} is no directory`,
    });
    expect(ofCheck(findings, 'runtimes')).toMatchObject([{ state: 'broken', found: 'out of order' }]);
    expect(statesOf(findings)).toContain('node ok');
  });

  it('finds how the hooks stand of the agents that are used here', async () => {
    const { env, directory } = home.tmux;
    await Promise.all(['.codex', '.gemini'].map((folder) => mkdir(directory.file(folder))));
    await writeFile(directory.file('.gemini/settings.json'), '{ // mine\n}');
    expect(ofCheck(await look({ env }), 'hooks')).toEqual([
      {
        ...{ check: 'hooks', state: 'ok', cure: null },
        found: expect.stringMatching(/^codex has none; .*: vitals hooks install codex$/) as string,
      },
      {
        ...{ check: 'hooks', state: 'warning', cure: `mend ${directory.file('.gemini/settings.json')}` },
        found: expect.stringContaining('is not plain JSON') as string,
      },
    ]);
  });
});
