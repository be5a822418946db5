import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { makeSession } from '../../fixtures/sessions.js';
import { HookFiles } from '../../src/hook/hook-files.js';
import { readHookNote } from '../../src/hook/read-hook-note.js';
import { recordHook } from '../../src/hook/record-hook.js';
import { writeHookNote } from '../../src/hook/write-hook-note.js';
import { knowProcess } from '../../src/process/check-process.js';
import { thisMachine } from '../../src/process/this-machine.js';
import { prepareProgramFiles } from '../../src/store/prepare-program-files.js';
import { SessionManager } from '../../src/store/session-manager.js';

const KEY = 'shop/api-3';

describe('the note that an earlier session of the same name left', () => {
  const directory = new TemporaryDirectory();
  let sessions: SessionManager;
  let path: string;
  afterAll(() => directory.remove());

  /** Of an agent that still runs: one that a hook inside of it could be nested in. */
  beforeEach(() => {
    sessions = new SessionManager({ home: directory.fresh('home') });
    path = sessions.layout.hookFile(KEY);
    const { pid, startTime } = knowProcess(process.pid);
    writeHookNote(path, {
      ...{ event: 'PermissionRequest', at: '2026-01-01T00:00:00.000Z', activity: 'waiting_input' },
      ...{
        detail: 'it waits',
        agent: 'claude-code',
        conversation: 'old',
        transcriptPath: null,
        subagent: null,
      },
      process: { pid, startTime: String(startTime) },
    });
  });

  it('is read for no session that began later, and keeps no hook of it from being noted', async () => {
    const session = makeSession({
      ...{ rev: 0, agent: 'claude-code', createdAt: '2026-01-02T00:00:00.000Z' },
      handle: { type: 'process', pid: process.ppid, bootId: thisMachine().bootId },
    });
    await sessions.save(session);
    expect(await new HookFiles(sessions).latest(session)).toBeNull();
    const input = { hook_event_name: 'Notification', notification_type: 'idle_prompt', session_id: 'new' };
    await recordHook({
      ...{ agent: 'claude-code', stdin: Readable.from([Buffer.from(JSON.stringify(input))]) },
      ...{ env: { VITALS_HOME: sessions.home, VITALS_SESSION: KEY }, startedAt: Date.now() },
    });
    expect(readHookNote(path)).toMatchObject({ conversation: 'new', activity: 'idle' });
  });

  it('goes when a program is started under that name again', async () => {
    await prepareProgramFiles(sessions.layout, KEY);
    expect(existsSync(path)).toBe(false);
  });
});
