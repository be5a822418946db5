import { execFileSync } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeSession } from '../../fixtures/sessions.js';
import { messageOf } from '../../src/session/message-of.js';
import { SessionManager } from '../../src/store/session-manager.js';
import type { Trial } from './trial.js';

const run = (command: string, ...args: string[]): unknown => execFileSync(command, args, { stdio: 'pipe' });

/**
 * The image of a disk is copied right after each answer: what the system has yet to write is not in it. It shows what a
 * system that dies loses, not what a disk does that answers before it has written.
 */
export const powerLoss: Trial = {
  name: 'power-loss',
  promise: 'what was acknowledged is there after a loss of power',
  run: async ({ directory, isShort }) => {
    const [image, disk, copy] = ['disk.img', 'disk', 'copy'].map((name) => join(directory, name)) as [
      string,
      string,
      string,
    ];
    try {
      for (const place of [disk, copy]) await mkdir(place);
      run('truncate', '-s', '32M', image);
      run('mkfs.ext4', '-q', image);
      // Commits of the journal at their own time would save an unsynced file by luck.
      run('mount', '-o', 'loop,commit=300', image, disk);
    } catch (error) {
      return { type: 'skipped', reason: `no disk image can be mounted: ${messageOf(error)}` };
    }
    try {
      const look = (key: string): Promise<unknown> => taskAfterLoss(key, { image, copy, directory });
      return await acknowledge(join(disk, 'home'), { rounds: isShort ? 3 : 32, look });
    } finally {
      run('umount', disk);
    }
  },
};

async function taskAfterLoss(
  key: string,
  { image, copy, directory }: { image: string; copy: string; directory: string },
): Promise<unknown> {
  const lost = join(directory, 'lost.img');
  await copyFile(image, lost);
  run('mount', '-o', 'loop', lost, copy);
  try {
    return (await new SessionManager({ home: join(copy, 'home') }).get(key))?.task;
  } finally {
    run('umount', copy);
  }
}

/** In each round a new record in a new project, and a change of it. */
async function acknowledge(
  home: string,
  { rounds, look }: { rounds: number; look: (key: string) => Promise<unknown> },
): ReturnType<Trial['run']> {
  const sessions = new SessionManager({ home });
  const losses: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const key = `project-${round}/api`;
    const session = makeSession({ rev: 0, projectId: `project-${round}`, id: 'api', task: 'first' });
    const saved = await sessions.save(session);
    if ((await look(key)) !== 'first') losses.push(`the new record ${key}`);
    await sessions.save({ ...saved, task: 'second' });
    if ((await look(key)) !== 'second') losses.push(`the change of ${key}`);
  }
  return { type: 'tried', losses, counts: { acknowledged: 2 * rounds } };
}
