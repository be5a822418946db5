import { constants, type Stats } from 'node:fs';
import { lstat, open, readlink, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errorCode } from '../session/error-code.js';
import { messageOf } from '../session/message-of.js';
import { SettingsError } from './settings-error.js';

const MAX_SETTINGS_BYTES = 16 * 1024 * 1024;

/** An agent's settings as they are on disk. */
export interface SettingsFile {
  path: string;
  /** The file itself, where the path is a link. */
  target: string;
  /** Null if there is no file. */
  text: string | null;
  stats: Stats | null;
  settings: Readonly<Record<string, unknown>>;
}

/** Reads an agent's settings. @throws {SettingsError} if they are there and are not plain JSON that can be read. */
export async function readSettings(path: string): Promise<SettingsFile> {
  const target = await follow(path);
  const file = await readText(path, target);
  return { path, target, ...file, settings: parse(path, file.text) };
}

async function follow(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT')
      throw new SettingsError(path, `can't be read: ${messageOf(error)}`, { cause: error });
  }
  try {
    // A link into dotfiles that are not there yet.
    return (await lstat(path)).isSymbolicLink() ? resolve(dirname(path), await readlink(path)) : path;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return path;
    throw new SettingsError(path, `can't be read: ${messageOf(error)}`, { cause: error });
  }
}

async function readText(path: string, target: string): Promise<Pick<SettingsFile, 'text' | 'stats'>> {
  try {
    const file = await open(target, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) throw new SettingsError(path, 'is no regular file');
      if (stats.size > MAX_SETTINGS_BYTES) throw new SettingsError(path, 'is too large for settings');
      return { text: await file.readFile('utf8'), stats };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { text: null, stats: null };
    if (error instanceof SettingsError) throw error;
    throw new SettingsError(path, `can't be read: ${messageOf(error)}`, { cause: error });
  }
}

function parse(path: string, text: string | null): SettingsFile['settings'] {
  if (text === null || text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SettingsError(path, `is not plain JSON (comments are not understood): ${messageOf(error)}`, {
      cause: error,
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SettingsError(path, 'holds no JSON object');
  }
  return value as SettingsFile['settings'];
}
