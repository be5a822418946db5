import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeSession } from '../../fixtures/sessions.js';
import { errorCode } from '../../src/session/error-code.js';
import { messageOf } from '../../src/session/message-of.js';
import { StoreError } from '../../src/store/errors.js';
import { SessionManager } from '../../src/store/session-manager.js';
import type { Trial } from './trial.js';

const KEY = 'shop/api-3';
const STEP_BYTES = 4096;
const RECORD_BYTES = 40_000;

/** A disk has less and less room left, in steps of a page. */
export const fullDisk: Trial = {
  name: 'full-disk',
  promise: 'a save on a full disk is an error, and the old record is whole',
  run: async ({ directory, isShort }) => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', directory], { stdio: 'pipe' });
    } catch (error) {
      return { type: 'skipped', reason: `no small disk can be mounted: ${messageOf(error)}` };
    }
    try {
      return await fill(directory, isShort ? 1 : 20);
    } finally {
      execFileSync('umount', [directory]);
    }
  },
};

async function fill(disk: string, rounds: number): ReturnType<Trial['run']> {
  const sessions = new SessionManager({ home: join(disk, 'home') });
  await sessions.save(makeSession({ rev: 0, task: 'a'.repeat(RECORD_BYTES) }));
  const counts = { saved: 0, refused: 0 };
  const losses: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (let freeBytes = 0; freeBytes <= 15 * STEP_BYTES; freeBytes += STEP_BYTES) {
      await leaveFree(disk, freeBytes);
      const { isSaved, loss } = await saveOnce(sessions, `${round}-${freeBytes}`.padEnd(RECORD_BYTES));
      counts[isSaved ? 'saved' : 'refused'] += 1;
      losses.push(...loss.map((what) => `with ${freeBytes} bytes free: ${what}`));
    }
  }
  return { type: 'tried', losses, counts };
}

/** Fills the disk but for so many bytes. */
async function leaveFree(disk: string, bytes: number): Promise<void> {
  const filler = join(disk, 'filler');
  await rm(filler, { force: true });
  const { bavail, bsize } = await statfs(disk);
  await writeFile(filler, Buffer.alloc(bavail * bsize - bytes));
}

async function saveOnce(
  sessions: SessionManager,
  task: string,
): Promise<{ isSaved: boolean; loss: string[] }> {
  const path = sessions.layout.sessionFile(KEY);
  const before = await readFile(path);
  const session = await sessions.get(KEY);
  if (!session) return { isSaved: false, loss: ['the record is gone'] };
  const loss: string[] = [];
  let isSaved = false;
  try {
    await sessions.save({ ...session, task });
    isSaved = true;
    if ((await sessions.get(KEY))?.task !== task) loss.push('it said that it had saved, and had not');
  } catch (error) {
    if (!(error instanceof StoreError) || errorCode(error) !== 'ENOSPC') loss.push(messageOf(error));
    if (!before.equals(await readFile(path))) loss.push('the old record is not what it was');
  }
  const names = [
    ...(await readdir(dirname(path))),
    ...(await readdir(dirname(sessions.layout.lockFile(KEY)))),
  ];
  if (names.join() !== 'api-3.json') loss.push(`left behind: ${names.join()}`);
  return { isSaved, loss };
}
