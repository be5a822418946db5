import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { TmuxServer } from 'tmux-js-bridge';
import { PrivateTmux } from '../../fixtures/processes/private-tmux.js';
import { diagnoseTmux } from '../../src/runtime/tmux-finding.js';
import { TmuxRuntime } from '../../src/runtime/tmux.js';
import { isSupportedTmux } from '../../src/runtime/tmux-version.js';

const tmux = new PrivateTmux();
const { directory, socketPath, env } = tmux;
afterAll(() => tmux.stop());

const look = async (changes: NodeJS.ProcessEnv = {}): Promise<string[]> => {
  const changed = { ...env, ...changes };
  const findings = await diagnoseTmux(new TmuxServer({ env: changed }), { env: changed });
  return findings.map(({ check, state, found, cure }) => `${check} ${state}: ${found} | ${String(cure)}`);
};

describe('what TmuxRuntime says of itself', () => {
  it('works without a server, and with one, and says which', async () => {
    const runtime = new TmuxRuntime({ socketPath });
    expect(await runtime.diagnose()).toMatchObject([
      { check: 'tmux', state: 'ok' },
      { check: 'socket', state: 'ok', found: `no server on ${socketPath} yet: spawn starts one` },
    ]);
    const serverPid = await tmux.begin();
    expect(await look()).toEqual([
      expect.stringMatching(/^tmux ok: \d+\.\d+/),
      `socket ok: 1 pane of the server ${serverPid} on ${socketPath}, by TMUX_TMPDIR | null`,
    ]);
    const [, inside] = await look({ TMUX: `${socketPath},${serverPid},0`, TMUX_TMPDIR: undefined });
    expect(inside).toBe(
      `socket ok: 1 pane of the server ${serverPid} on ${socketPath}, which TMUX names | null`,
    );
  });

  it('does not work on a server that gives no answer', async () => {
    const runtime = new TmuxRuntime({ socketPath, timeoutMs: 300 });
    const serverPid = Number(await tmux.run('display-message', '-p', '#{pid}'));
    process.kill(serverPid, 'SIGSTOP');
    try {
      expect((await runtime.diagnose())[1]).toEqual({
        ...{ check: 'socket', state: 'broken', cure: 'name another server with --tmux-socket' },
        found: expect.stringContaining('no answer within 300 ms') as string,
      });
    } finally {
      process.kill(serverPid, 'SIGCONT');
    }
  });

  it('does not work in a directory that others may use', async () => {
    chmodSync(dirname(socketPath), 0o777);
    try {
      expect((await look())[1]).toBe(
        `socket broken: tmux refuses ${dirname(socketPath)}, because others may use it: its mode is 777` +
          ` | chmod 700 ${dirname(socketPath)}`,
      );
    } finally {
      chmodSync(dirname(socketPath), 0o700);
    }
  });

  it('does not work on what is no socket', async () => {
    const file = directory.file('file');
    writeFileSync(file, '');
    const findings = await new TmuxRuntime({ socketPath: file }).diagnose();
    expect(findings[1]).toMatchObject({ state: 'broken', found: `${file} is there and is no socket` });
  });

  it('warns of a TMUX_TMPDIR that is not there', async () => {
    expect((await look({ TMUX_TMPDIR: directory.file('nowhere') }))[1]).toBe(
      `socket warning: TMUX_TMPDIR is ${directory.file('nowhere')}, which is not there: tmux takes /tmp instead` +
        ` | mkdir -p -m 700 ${directory.file('nowhere')}, or unset TMUX_TMPDIR`,
    );
  });

  it('does not work without tmux, or with one that is too old', async () => {
    const PATH = directory.path;
    expect(await look({ PATH })).toEqual([
      'tmux broken: there is no tmux on PATH | install tmux, or spawn with --runtime process',
    ]);
    writeFileSync(directory.file('tmux'), '#!/bin/sh\necho tmux 3.1c\n');
    chmodSync(directory.file('tmux'), 0o755);
    expect((await look({ PATH }))[0]).toBe(
      'tmux broken: 3.1c is older than what is supported | install tmux 3.2a or later, or spawn with --runtime process',
    );
    rmSync(directory.file('tmux'));
  });

  it.each([
    ...['3.2a', '3.3', '3.3a', '3.10', '4.0', 'next-3.4', 'master', 'openbsd-7.5'].map(
      (version) => [version, true] as const,
    ),
    ...['3.2', '3.2-rc3', '3.1c', '2.9a'].map((version) => [version, false] as const),
  ])('knows whether tmux %s is supported: %s', (version, isSupported) => {
    expect(isSupportedTmux(version)).toBe(isSupported);
  });
});
