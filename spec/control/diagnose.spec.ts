import { mkdir, writeFile } from 'node:fs/promises';
import { makeSession } from '../../fixtures/sessions.js';
import { diagnose } from '../../src/control/diagnose.js';
import { spawnSession } from '../../src/control/spawn-session.js';
import { applyHookPlan } from '../../src/hook/apply-hook-plan.js';
import { planHooks } from '../../src/hook/plan-hooks.js';
import type { Finding } from '../../src/runtime/finding.js';
import { TmuxRuntime } from '../../src/runtime/tmux.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { ControlHome } from './control-home.js';

describe('diagnose', () => {
  let home: ControlHome;
  beforeEach(() => {
    home = new ControlHome();
  });
  afterEach(() => home.tmux.stop());

  const statesOf = (findings: Finding[]): string[] =>
    findings.map(({ subject, state }) => `${subject} ${state}`);

  it('finds all well in a new home, which can be written', async () => {
    const findings = await diagnose(home.context, { env: home.tmux.env });
    expect(statesOf(findings)).toEqual(['node ok', 'home ok', 'tmux ok', 'loop ok', 'sessions ok']);
    expect(findings.at(-1)!.message).toBe('0 recorded, 0 live');
  });

  it('finds each server that answers for live sessions', async () => {
    await home.tmux.begin();
    const { context, tmux } = home;
    const command = ['sleep', '60'];
    for (const id of ['a', 'b'])
      await spawnSession(context, { id, command, workspacePath: tmux.directory.path });
    const findings = await diagnose(context, { env: home.tmux.env });
    expect(findings.at(-1)).toEqual({
      subject: expect.stringContaining(tmux.socketPath) as string,
      state: 'ok',
      message: 'answers for 2 of the live sessions',
    });
  });

  it('finds a server that does not answer broken, and says how to mend it', async () => {
    const serverPid = await home.tmux.begin();
    const { tmux } = home;
    const runtimes = { tmux: new TmuxRuntime({ socketPath: tmux.socketPath, timeoutMs: 300 }) };
    const context = { ...home.context, runtimes };
    await spawnSession(context, { command: ['sleep', '60'], workspacePath: tmux.directory.path });
    process.kill(serverPid, 'SIGSTOP');
    const findings = await diagnose(context, { env: home.tmux.env });
    expect(statesOf(findings)).toContain('tmux broken');
    expect(findings.at(-1)).toMatchObject({
      state: 'broken',
      message: expect.stringContaining(`kill -CONT ${serverPid} wakes it`) as string,
    });
  });

  it('finds records that nobody can read or probe', async () => {
    await home.put('shop/cut', '{"format":1,');
    await home.save(makeSession({ id: 'odd', runtime: 'nowhere' }));
    const findings = await diagnose(home.context, { env: home.tmux.env });
    const first = findings.findIndex(({ subject }) => subject === 'sessions');
    expect(findings.slice(first)).toEqual([
      { subject: 'sessions', state: 'ok', message: '1 recorded, 1 live' },
      {
        subject: 'record',
        state: 'warning',
        message: expect.stringContaining('cut.json: ') as string,
        cure: 'mend or remove it',
      },
      {
        subject: 'sessions',
        state: 'warning',
        message: `1 of the live sessions can't be probed: no runtime is called "nowhere" here`,
      },
    ]);
  });

  it('finds a home that can not be', async () => {
    const file = home.tmux.directory.file('file');
    await writeFile(file, '');
    const sessions = new SessionManager({ home: `${file}/home` });
    const findings = await diagnose({ ...home.context, sessions }, { env: home.tmux.env });
    expect(findings[1]).toEqual({
      subject: 'home',
      state: 'broken',
      message: expect.stringContaining(file) as string,
      cure: 'name another with --home or VITALS_HOME',
    });
  });

  it('finds how the hooks stand of the agents that are used here', async () => {
    const { env, directory } = home.tmux;
    for (const folder of ['.claude', '.codex', '.gemini']) await mkdir(directory.file(folder));
    await applyHookPlan(await planHooks({ agent: 'claude-code', action: 'install', program: 'vitals', env }));
    await writeFile(directory.file('.gemini/settings.json'), '{ // mine\n}');
    const findings = await diagnose(home.context, { env });
    expect(findings.filter(({ subject }) => subject === 'hooks')).toEqual([
      { subject: 'hooks', state: 'ok', message: 'claude-code says at once what it does' },
      {
        ...{ subject: 'hooks', state: 'ok' },
        message: expect.stringMatching(/^codex has none; .*: vitals hooks install codex$/) as string,
      },
      {
        ...{ subject: 'hooks', state: 'warning' },
        message: expect.stringContaining('is not plain JSON') as string,
      },
    ]);
  });

  it('finds tmux missing', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = home.tmux.directory.path;
    try {
      const runtimes = { tmux: new TmuxRuntime({ socketPath: home.tmux.socketPath }) };
      const findings = await diagnose({ ...home.context, runtimes }, { env: home.tmux.env });
      const tmux = findings.find(({ subject }) => subject === 'tmux');
      expect(tmux).toMatchObject({ state: 'broken', cure: 'install tmux, or spawn with --runtime process' });
    } finally {
      process.env['PATH'] = path;
    }
  });
});
