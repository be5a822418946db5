import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '../session/message-of.js';
import type { HookPlan } from './plan-hooks.js';
import { readSettings, type SettingsFile } from './read-settings.js';
import { SettingsError } from './settings-error.js';

/** Carries out a change that was planned. @throws {SettingsError} if the settings changed since, or can't be written. */
export async function applyHookPlan({ file, after, backupPath, keepsBackup }: HookPlan): Promise<void> {
  const { path, target, text, stats } = file;
  const now = await readSettings(path);
  if (now.text !== text || now.target !== target)
    throw new SettingsError(path, 'was changed at this moment: try again');
  try {
    if (keepsBackup && text !== null) await replace(backupPath, text, stats);
    if (after === null) await unlink(target);
    else await replace(target, after, stats);
  } catch (error) {
    throw new SettingsError(path, `can't be written: ${messageOf(error)}`, { cause: error });
  }
}

/** Puts a text in a file's place, whole, with the rights and the owner that the file had. */
async function replace(path: string, text: string, stats: SettingsFile['stats']): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`);
  const handle = await open(temporary, 'wx', 0o600);
  try {
    try {
      await handle.writeFile(text);
      if (stats) {
        await handle.chown(stats.uid, stats.gid);
        await handle.chmod(stats.mode & 0o7777);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary);
    throw error;
  }
}
