import { mkdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { makeSession } from '../../fixtures/sessions.js';
import { HookFiles } from '../../src/hook/hook-files.js';
import type { StoredHookNote } from '../../src/hook/stored-hook-note.js';
import { touchHookNote, writeHookNote } from '../../src/hook/write-hook-note.js';
import { HomeLayout } from '../../src/store/home-layout.js';

const NOTE: StoredHookNote = {
  ...{
    event: 'Stop',
    at: '2026-01-02T12:00:00.123Z',
    activity: 'ready',
    detail: 'Stop',
    agent: 'claude-code',
  },
  ...{ conversation: 'one', transcriptPath: '/t.jsonl', subagent: null, process: { pid: 7, startTime: '8' } },
};

describe('HookFiles', () => {
  const directory = new TemporaryDirectory();
  let layout: HomeLayout;
  let path: string;
  const session = makeSession({ agent: 'claude-code' });

  beforeEach(() => {
    layout = new HomeLayout(directory.fresh('home'));
    path = layout.hookFile('shop/api-3');
  });
  afterAll(() => directory.remove());

  it('has no note of a session whose hooks never spoke', async () => {
    expect(await new HookFiles({ layout }).latest(session)).toBeNull();
  });

  it('gives the note that was left last, and when it was last said', async () => {
    const files = new HookFiles({ layout });
    writeHookNote(path, NOTE);
    expect(await files.latest(session)).toEqual(NOTE);
    touchHookNote(path, Date.parse('2026-01-02T12:00:05.250Z'));
    expect(await files.latest(session)).toEqual({ ...NOTE, at: '2026-01-02T12:00:05.250Z' });
    writeHookNote(path, { ...NOTE, activity: null });
    expect(await files.latest(session)).toMatchObject({ activity: null, at: NOTE.at });
  });

  it('keeps nothing of a session that it is told to forget', async () => {
    const files = new HookFiles({ layout });
    writeHookNote(path, NOTE);
    await files.latest(session);
    expect(files.size).toBe(1);
    files.forget('shop/api-3');
    expect(files.size).toBe(0);
    expect(await files.latest(session)).toEqual(NOTE);
  });

  it('gives no note of another agent, save where nobody knew which one it would be', async () => {
    const files = new HookFiles({ layout });
    writeHookNote(path, NOTE);
    expect(await files.latest({ ...session, agent: 'codex' })).toBeNull();
    expect(await files.latest({ ...session, agent: 'screen' })).toEqual(NOTE);
  });

  it('gives no note that an earlier session of this name left', async () => {
    writeHookNote(path, NOTE);
    const later = { ...session, createdAt: '2026-01-02T12:00:01.000Z' };
    expect(await new HookFiles({ layout }).latest(later)).toBeNull();
  });

  it.each<[string, (file: string) => void]>([
    ['empty', (file) => writeFileSync(file, '')],
    ['cut', (file) => writeFileSync(file, '{"event":"Stop"')],
    ['of another kind', (file) => writeFileSync(file, '{"event":"Stop","at":"then","activity":"x"}')],
    [
      'huge',
      (file) => {
        writeFileSync(file, '');
        truncateSync(file, 1024 ** 3);
      },
    ],
    ['a directory', (file) => mkdirSync(file)],
    ['a pipe', (file) => execFileSync('mkfifo', [file])],
    ['a link', (file) => symlinkSync('/etc/passwd', file)],
  ])('takes a file that is %s for no note', async (_, put) => {
    mkdirSync(dirname(path), { recursive: true });
    put(path);
    expect(await new HookFiles({ layout }).latest(session)).toBeNull();
  });

  it('reads what was put there anew in the same instant', async () => {
    const files = new HookFiles({ layout });
    for (const activity of ['active', 'ready', 'waiting_input'] as const) {
      writeHookNote(path, { ...NOTE, activity });
      utimesSync(path, 1_800_000_000, 1_800_000_000);
      expect((await files.latest(session))!.activity).toBe(activity);
    }
  });
});
