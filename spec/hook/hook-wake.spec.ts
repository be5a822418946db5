import { join } from 'node:path';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import type { StoredHookNote } from '../../src/hook/stored-hook-note.js';
import { touchHookNote, writeHookNote } from '../../src/hook/write-hook-note.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { watchRecords } from '../../src/store/watch-records.js';

const NOTE: StoredHookNote = {
  ...{ event: 'Stop', at: '2026-01-02T12:00:00.000Z', activity: 'ready', detail: 'done', agent: 'codex' },
  ...{ conversation: null, transcriptPath: null, subagent: null, process: null },
};

describe('who watches a home', () => {
  const directory = new TemporaryDirectory();
  const failures: unknown[] = [];
  const onError = (error: unknown): void => void failures.push(error);
  let sessions: SessionManager;
  let stop: () => void;
  beforeEach(() => {
    sessions = new SessionManager({ home: directory.fresh('home') });
  });
  afterEach(() => {
    stop();
    expect(failures).toEqual([]);
  });
  afterAll(() => directory.remove());

  it('is woken by what a hook says, in a project that is new too', async () => {
    let heard = 0;
    stop = sessions.watch({ onChange: () => (heard += 1), onError, ignore: 'lifecycle' });
    for (const key of ['shop/a', 'shop/b', 'other/c']) {
      const before = heard;
      writeHookNote(sessions.layout.hookFile(key), NOTE);
      await waitFor(`the hook of ${key}`, () => heard > before);
    }
  });

  it('is not woken by a hook that repeats itself', async () => {
    const heard: string[] = [];
    const [one, two] = [sessions.layout.hookFile('shop/a'), sessions.layout.hookFile('shop/b')];
    writeHookNote(one, NOTE);
    stop = watchRecords(sessions.layout, {
      ...{ onChange: (path: string) => void heard.push(path), onError },
      ...{ root: sessions.layout.hooksDirectory, hearsChanges: false },
    });
    await waitFor('the watch', () => heard.includes(join(two, '..')));
    touchHookNote(one, Date.parse('2026-01-02T12:00:09.000Z'));
    writeHookNote(two, NOTE);
    await waitFor('the other hook', () => heard.includes(two));
    expect(heard).not.toContain(one);
  });
});
