import { chmodSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { checkAgents } from '../../src/doctor/check-agents.js';
import { checkClock } from '../../src/doctor/check-clock.js';
import { checkNode } from '../../src/doctor/check-node.js';
import { checkOpenFiles } from '../../src/doctor/check-open-files.js';
import { checkProcesses } from '../../src/doctor/check-processes.js';
import { checkTerminal } from '../../src/doctor/check-terminal.js';
import { checkWatches } from '../../src/doctor/check-watches.js';
import type { Finding } from '../../src/session/finding.js';
import { aCheckup } from './a-checkup.js';

const directory = new TemporaryDirectory();
const checkup = aCheckup(directory.file('home'));
afterAll(() => directory.remove());

const told = (findings: Finding[]): string[] => findings.map(({ state, found }) => `${state}: ${found}`);

const onLinux = process.platform === 'linux' ? it : it.skip;

describe('the checks of the system', () => {
  it('find a Node.js that is too old broken', () => {
    expect(checkNode(checkup)).toMatchObject([{ state: 'ok', found: process.versions.node }]);
    expect(checkNode(checkup, { version: '18.19.0' })).toEqual([
      { check: 'node', state: 'broken', found: '18.19.0 is too old', cure: 'install Node.js 20 or later' },
    ]);
  });

  onLinux('watch what the loop would, and warn where Linux lets this user watch no more', async () => {
    const opened: string[] = [];
    let closed = 0;
    const system = (code: string | null): Parameters<typeof checkWatches>[1] => ({
      open: (path) => {
        if (code !== null && opened.length === 2) throw Object.assign(new Error('no'), { code });
        opened.push(path);
        return { close: () => (closed += 1) };
      },
      readLimit: (path) => Promise.resolve(path.startsWith('/proc/sys/user/') ? 20 : 128),
    });
    expect(told(await checkWatches(checkup, system(null)))).toEqual([
      'ok: the loop takes 6 of 20 inotify watches',
    ]);
    expect([opened.length, closed]).toEqual([6, 6]);
    await mkdir(dirname(checkup.layout.exitFile('shop/api')), { recursive: true });
    expect(told(await checkWatches(checkup, system(null)))).toEqual([
      'ok: the loop takes 7 of 20 inotify watches',
    ]);
    for (const [code, what, cure] of [
      ['ENOSPC', 'watches', 'sudo sysctl fs.inotify.max_user_watches=524288'],
      ['EMFILE', 'instances', 'sudo sysctl fs.inotify.max_user_instances=1024'],
    ] as const) {
      opened.length = 0;
      expect(await checkWatches(checkup, system(code))).toMatchObject([
        { state: 'warning', found: expect.stringContaining(`20 inotify ${what} are all`) as string, cure },
      ]);
    }
  });

  onLinux('warn where the sessions may take more files than a process may open', () => {
    const sessions = Array.from({ length: 50 }, (_, index) => ({ id: `s-${index}` }));
    const readLimits = (): string =>
      'Limit  Soft Limit  Hard Limit  Units\nMax open files   128   128   files\n';
    expect(told(checkOpenFiles(checkup, { readLimits }))).toEqual([
      'ok: a process may open 128; 0 live sessions take 64 at most',
    ]);
    expect(checkOpenFiles(aCheckup('/', { sessions }), { readLimits })).toMatchObject([
      { state: 'warning', cure: 'ulimit -n 1024' },
    ]);
  });

  it('find hidden processes, and a process table that can not be read', () => {
    expect(told(checkProcesses(checkup))).toEqual([expect.stringMatching(/^ok: /)]);
    const hidden = { type: 'unknown', detail: 'process 1 is there, but hidden' } as const;
    const read = (pid: number): ReturnType<typeof ownProcess> => (pid === 1 ? hidden : ownProcess());
    const ownProcess = (): typeof hidden | { type: 'running'; startTime: string } => ({
      ...{ type: 'running', startTime: '1' },
    });
    expect(checkProcesses(checkup, { read })).toMatchObject([{ state: 'warning' }]);
    expect(checkProcesses(checkup, { read: () => hidden })).toMatchObject([{ state: 'broken' }]);
  });

  it('warn of a clock that is behind what was recorded', () => {
    const sessions = [{ updatedAt: '2026-01-01T00:10:00.000Z' }, { updatedAt: '2025-01-01T00:00:00.000Z' }];
    const at = (time: string): Finding[] =>
      checkClock(aCheckup('/', { sessions, clock: { ...checkup.clock, now: () => Date.parse(time) } }));
    expect(at('2026-01-01T00:09:30.000Z')).toMatchObject([{ state: 'ok' }]);
    expect(told(at('2026-01-01T00:00:00.000Z'))).toEqual([
      'warning: it says 2026-01-01T00:00:00.000Z, and a record was written 600 s later than that',
    ]);
  });

  it('name the agents that are on PATH, and run none', async () => {
    const ran = directory.file('ran');
    const codex = directory.file('codex');
    writeFileSync(codex, `#!/bin/sh\ntouch ${ran}\n`);
    chmodSync(codex, 0o755);
    expect(
      told(await checkAgents(aCheckup(directory.file('home'), { env: { PATH: directory.path } }))),
    ).toEqual(['ok: codex; not on PATH: claude, gemini, opencode, copilot, qwen, pi, cline, cn, aider']);
  });

  it.each([
    [{ TERM: 'dumb' }, 'warning', /TERM is dumb/],
    [{}, 'warning', /TERM is not set/],
    [
      { TERM: 'xterm', LANG: 'de_DE.ISO-8859-1' },
      'warning',
      /the locale de_DE.ISO-8859-1, which is not UTF-8/,
    ],
    [{ TERM: 'xterm', LANG: 'en_US.UTF-8', LC_ALL: 'C' }, 'warning', /the locale C,/],
    [{ TERM: 'xterm', LANG: 'en_US.UTF-8' }, 'ok', /^xterm, UTF-8, colours$/],
    [{ TERM: 'xterm', LC_CTYPE: 'C.utf8', NO_COLOR: '1' }, 'ok', /no colours wanted/],
  ])('tell what a terminal with %j shows', (env, state, found) => {
    expect(checkTerminal({ env, isTerminal: true })).toMatchObject([
      { state, found: expect.stringMatching(found) as string },
    ]);
    expect(checkTerminal({ env, isTerminal: false })).toMatchObject([{ state: 'ok' }]);
  });
});
