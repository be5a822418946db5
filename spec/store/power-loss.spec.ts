import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fs from 'fs-extra';
import { makeSession } from '../../fixtures/sessions.js';
import { SessionManager } from '../../src/store/session-manager.js';

const ROUNDS = 8;
const root = mkdtempSync(join(tmpdir(), 'vitals-power-loss-'));
const image = join(root, 'disk.img');
const disk = join(root, 'disk');
const copy = join(root, 'copy');
const run = (command: string, ...args: string[]): unknown => execFileSync(command, args, { stdio: 'pipe' });
const isMounted = mount();

function mount(): boolean {
  try {
    for (const directory of [disk, copy]) mkdirSync(directory);
    run('truncate', '-s', '32M', image);
    run('mkfs.ext4', '-q', image);
    // Journalled commits at their own time would save an unsynced file by luck.
    run('mount', '-o', 'loop,commit=300', image, disk);
    return true;
  } catch (error) {
    process.stderr.write(`skipped, since no disk image can be mounted here: ${String(error)}\n`);
    return false;
  }
}

afterAll(() => {
  if (isMounted) run('umount', disk);
  rmSync(root, { recursive: true });
});

(isMounted ? describe : describe.skip)('a loss of power right after an answer', () => {
  /** What lies on the disk, were the power to fail now: what the system has yet to write is not in the image. */
  async function afterPowerLoss<Result>(look: (home: string) => Promise<Result>): Promise<Result> {
    const lost = join(root, 'lost.img');
    await copyFile(image, lost);
    run('mount', '-o', 'loop', lost, copy);
    try {
      return await look(join(copy, 'home'));
    } finally {
      run('umount', copy);
    }
  }

  const taskOf =
    (key: string) =>
    async (home: string): Promise<unknown> =>
      (await new SessionManager({ home }).get(key))?.task;

  it('neither brings back what was removed nor loses what was archived', async () => {
    const sessions = new SessionManager({ home: join(disk, 'home') });
    for (let round = 0; round < ROUNDS; round += 1) {
      await sessions.save(makeSession({ rev: 0, id: 'gone' }));
      await sessions.remove('shop/gone');
      expect(await afterPowerLoss(taskOf('shop/gone'))).toBeUndefined();
      await sessions.save(makeSession({ rev: 0, id: 'kept' }));
      await sessions.archive('shop/kept');
      const archived = await afterPowerLoss((home) => fs.readdir(join(home, 'archive', 'shop')));
      expect(archived).toHaveLength(round + 1);
      expect(await afterPowerLoss(taskOf('shop/kept'))).toBeUndefined();
    }
  }, 60_000);
});
