import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { withNoteLock } from '../../src/hook/with-note-lock.js';

describe('the lock of a note', () => {
  const directory = new TemporaryDirectory();
  const path = join(directory.path, 'shop/a.json');
  const lock = join(directory.path, 'shop/.a.json.lock.tmp');
  afterAll(() => directory.remove());

  it('is held while the note is read and written, and gone after that, also after an error', () => {
    withNoteLock(path, () => expect(existsSync(lock)).toBe(true));
    expect(existsSync(lock)).toBe(false);
    expect(() =>
      withNoteLock(path, () => {
        throw new Error('full');
      }),
    ).toThrow('full');
    expect(existsSync(lock)).toBe(false);
  });

  it('is taken from a hook that was killed', () => {
    writeFileSync(lock, '');
    utimesSync(lock, 1_000, 1_000);
    withNoteLock(path, () => expect(existsSync(lock)).toBe(true));
    expect(existsSync(lock)).toBe(false);
  });

  it('keeps no hook from speaking for ever', () => {
    writeFileSync(lock, '');
    let isRun = false;
    withNoteLock(path, () => {
      isRun = true;
    });
    expect(isRun).toBe(true);
    expect(existsSync(lock)).toBe(true);
  });
});
