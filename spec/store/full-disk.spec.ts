import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSession } from '../../fixtures/sessions.js';
import { SessionManager } from '../../src/store/session-manager.js';

const STEP_BYTES = 4096;
const disk = mkdtempSync(join(tmpdir(), 'vitals-full-disk-'));
const isMounted = mount();

function mount(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'pipe' });
    return true;
  } catch (error) {
    process.stderr.write(`skipped, since no small disk can be mounted here: ${String(error)}\n`);
    return false;
  }
}

afterAll(() => {
  if (isMounted) execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true });
});

(isMounted ? describe : describe.skip)('a disk that is full', () => {
  const filler = join(disk, 'filler');

  /** Fills the disk but for so many bytes. */
  async function leaveFree(bytes: number): Promise<void> {
    await rm(filler, { force: true });
    const { bavail, bsize } = await statfs(disk);
    await writeFile(filler, Buffer.alloc(bavail * bsize - bytes));
  }

  it('refuses a save, keeps the old record and nothing else, at every amount of free space', async () => {
    const sessions = new SessionManager({ home: join(disk, 'home') });
    let session = await sessions.save(makeSession({ rev: 0, task: 'a'.repeat(40_000) }));
    const path = sessions.layout.sessionFile('shop/api-3');
    const outcomes = { saved: 0, refused: 0 };
    for (let freeBytes = 0; freeBytes <= 15 * STEP_BYTES; freeBytes += STEP_BYTES) {
      await leaveFree(freeBytes);
      const before = await readFile(path);
      try {
        session = await sessions.save({ ...session, task: 'b'.repeat(40_000 + freeBytes / STEP_BYTES) });
        outcomes.saved += 1;
      } catch (error) {
        expect(error).toMatchObject({ name: 'StoreError', code: 'ENOSPC', cause: { code: 'ENOSPC' } });
        expect(String(error)).toContain('the disk is full; free some space');
        expect(await readFile(path)).toEqual(before);
        outcomes.refused += 1;
      }
      expect(await readdir(join(disk, 'home', 'sessions', 'shop'))).toEqual(['api-3.json']);
      expect(await readdir(join(disk, 'home', 'locks', 'shop'))).toEqual([]);
      expect(await sessions.get('shop/api-3')).toEqual(session);
    }
    expect(outcomes.saved).toBeGreaterThan(3);
    expect(outcomes.refused).toBeGreaterThan(5);
  });
});
