import { writeFileSync } from 'node:fs';
import type { Pane } from 'tmux-js-bridge';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { knowProcess } from '../../src/process/check-process.js';
import type { TmuxHandle } from '../../src/runtime/tmux-handle.js';
import { lookAtPane } from '../../src/runtime/tmux-view.js';

describe('lookAtPane', () => {
  const directory = new TemporaryDirectory();
  const { startTime, ...machine } = knowProcess(process.pid);
  const observedAt = '2026-01-01T00:00:00.000Z';
  const options = { observedAt, list: () => [] };

  const handle = (exitFile: string | null = null): TmuxHandle => ({
    ...{
      type: 'tmux',
      socket: '/s',
      host: machine.host,
      bootId: machine.bootId,
      pidNamespace: machine.pidNamespace,
    },
    ...{ serverPid: 1, serverStart: 1, serverProcStart: null, sessionId: '$1', paneId: '%1' },
    ...{ panePid: process.pid, paneProcStart: startTime, exitFile },
  });

  const pane = (more: Partial<Pane> = {}): Pane => ({
    ...{ sessionId: '$1', windowId: '@1', paneId: '%1', panePid: process.pid, isDead: false },
    ...{ deadStatus: null, deadSignal: null, hasBell: false, lastOutputAt: 1_700_000_000, title: 'a title' },
    ...more,
  });

  afterAll(() => directory.remove());

  it('finds a pane alive whose process runs, and shows its signs', async () => {
    expect(await lookAtPane(handle(), pane(), options)).toEqual({
      liveness: { state: 'alive', evidence: { source: 'tmux', detail: 'pane %1 is there', observedAt } },
      signs: { lastOutputAt: '2023-11-14T22:13:20.000Z', title: 'a title', bell: false },
    });
  });

  it.each([
    [{ deadStatus: 5 }, { code: 5, signal: null }],
    [{ deadStatus: 0 }, { code: 0, signal: null }],
    [{ deadSignal: 9 }, { code: null, signal: 'SIGKILL' }],
    [{ deadSignal: 99 }, { code: null, signal: 'SIG99' }],
    [{}, { code: null, signal: null }],
  ])('takes from a kept pane what tmux knows of its end: %j', async (end, exit) => {
    const { liveness } = await lookAtPane(handle(), pane({ isDead: true, ...end }), options);
    expect(liveness).toMatchObject({ state: 'dead', exit });
  });

  it('trusts the note of the launcher first', async () => {
    const exitFile = directory.file('exit');
    writeFileSync(exitFile, '3\n');
    const { liveness } = await lookAtPane(handle(exitFile), pane({ isDead: true, deadStatus: 5 }), options);
    expect(liveness.exit).toEqual({ code: 3, signal: null });
    const gone = await lookAtPane(handle(exitFile), undefined, options);
    expect(gone.liveness).toMatchObject({ state: 'dead', exit: { code: 3, signal: null } });
  });

  it('proves nothing by a pane that runs another process, while its own one lives', async () => {
    const { liveness } = await lookAtPane(handle(), pane({ panePid: 4_194_000 }), options);
    expect(liveness.state).toBe('unknown');
  });
});
