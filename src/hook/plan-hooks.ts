import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { messageOf } from '../session/message-of.js';
import {
  addHooks,
  listAllOwnEvents,
  listOwnEvents,
  listOwnPrograms,
  removeHooks,
  UnexpectedShapeError,
  type OwnHooks,
} from './edit-hooks.js';
import { HOOK_SETTINGS, WITHOUT_HOOKS, type HookSettings } from './hook-settings.js';
import { HOOK_TABLES } from './hook-tables.js';
import { readSettings, type SettingsFile } from './read-settings.js';
import { replaceMember } from './replace-member.js';
import { SettingsError } from './settings-error.js';

/** An agent has no hooks that could be installed; the message says what to do instead. */
export class NoHooksError extends Error {
  constructor(agent: string) {
    super(
      WITHOUT_HOOKS[agent] ??
        `there are no hooks for ${JSON.stringify(agent)}: take one of ${hookedAgents().join(', ')}`,
    );
    this.name = 'NoHooksError';
  }
}

/** The agents whose hooks can be installed. */
export const hookedAgents = (): string[] => Object.keys(HOOK_SETTINGS);

/** What a change of an agent's settings would be. */
export interface HookPlan {
  agent: string;
  action: 'install' | 'remove';
  file: SettingsFile;
  /** The file's text by then; null if it is to be gone. */
  after: string | null;
  isChange: boolean;
  /** Where what was there before the install is kept, and whether it is put there now. */
  backupPath: string;
  keepsBackup: boolean;
  advice: string | null;
}

/** Whose settings are changed, and how. */
export interface HookPlanOptions {
  agent: string;
  action: 'install' | 'remove';
  /** How an agent's shell calls this program: a name or a path, quoted as need be. */
  program: string;
  env: NodeJS.ProcessEnv;
}

/** How an agent's hooks stand. */
export interface HookStatus {
  agent: string;
  path: string;
  state: 'installed' | 'incomplete' | 'absent' | 'switched_off';
  /** What the hooks call, as a shell would: of one install, one program. */
  programs: string[];
}

/** Works out a change, and changes nothing. @throws {SettingsError} @throws {NoHooksError} */
export async function planHooks({ agent, action, program, env }: HookPlanOptions): Promise<HookPlan> {
  const { settings, path } = locate(agent, env);
  const file = await readSettings(path);
  const own = ownHooks(agent, settings, program);
  const backupPath = `${file.target}.before-vitals`;
  const after = action === 'install' ? installed(file, own) : await removed(file, own, backupPath);
  const isChange = after !== file.text;
  return {
    ...{ agent, action, file, after, backupPath, isChange },
    // What stands beside hooks of ours was kept when the first of them came.
    keepsBackup:
      isChange &&
      action === 'install' &&
      file.text !== null &&
      listAllOwnEvents(hooksOf(file), own).length === 0,
    advice: action === 'install' ? settings.advice : null,
  };
}

/** How an agent's hooks stand. @throws {SettingsError} @throws {NoHooksError} */
export async function readHookStatus({
  agent,
  env,
}: Pick<HookPlanOptions, 'agent' | 'env'>): Promise<HookStatus> {
  const { settings, path } = locate(agent, env);
  const file = await readSettings(path);
  const own = ownHooks(agent, settings, '');
  const hooks = hooksOf(file);
  const found = withShape(path, () => listOwnEvents(hooks, own)).length;
  const programs = withShape(path, () => listOwnPrograms(hooks, own));
  const isOff = found > 0 && settings.isSwitchedOff(file.settings);
  const state = found === 0 ? 'absent' : found < own.events.length ? 'incomplete' : 'installed';
  return { agent, path, state: isOff ? 'switched_off' : state, programs };
}

/** The folder of an agent's own settings. @throws {NoHooksError} */
export const hookFolder = (agent: string, env: NodeJS.ProcessEnv): string => settingsOf(agent).folder(env);

function locate(agent: string, env: NodeJS.ProcessEnv): { settings: HookSettings; path: string } {
  const settings = settingsOf(agent);
  return { settings, path: join(settings.folder(env), settings.file) };
}

function settingsOf(agent: string): HookSettings {
  const settings = Object.hasOwn(HOOK_SETTINGS, agent) ? HOOK_SETTINGS[agent] : undefined;
  if (!settings) throw new NoHooksError(agent);
  return settings;
}

const eventsOf = (agent: string): string[] => Object.keys(HOOK_TABLES[agent] ?? {});

const ownHooks = (agent: string, settings: HookSettings, program: string): OwnHooks => ({
  agent,
  events: eventsOf(agent),
  isGrouped: settings.isGrouped,
  handlerOf: (event) => settings.handler(`${program} hook ${agent}`, event),
});

function installed(file: SettingsFile, own: OwnHooks): string {
  const text = isBlank(file.text) ? '{}\n' : (file.text ?? '');
  const before = hooksOf(file);
  const after = withShape(file.path, () => addHooks(before, own));
  return isDeepStrictEqual(after, before) ? (file.text ?? '') : replaceMember(text, 'hooks', after);
}

/** What was there before the install, byte for byte, if nothing else has changed since; else all but our own. */
async function removed(file: SettingsFile, own: OwnHooks, backupPath: string): Promise<string | null> {
  if (file.text === null || isBlank(file.text)) return file.text;
  const hooks = hooksOf(file);
  if (withShape(file.path, () => listAllOwnEvents(hooks, own)).length === 0) return file.text;
  const backup = await readSettings(backupPath);
  if (backup.text !== null && isOtherwiseSame(backup, file, own)) return backup.text;
  const text = replaceMember(
    file.text,
    'hooks',
    withShape(file.path, () => removeHooks(hooks, own)),
  );
  return backup.text === null && /^\s*\{\s*\}\s*$/.test(text) ? null : text;
}

/** Whether two settings differ by our hooks alone, also by those of an older install, in any order. */
function isOtherwiseSame(backup: SettingsFile, file: SettingsFile, own: OwnHooks): boolean {
  // An older install may have asked for events that are not asked for any more.
  const all = { ...own, events: [...new Set([...own.events, ...listAllOwnEvents(hooksOf(file), own)])] };
  const [before, now] = [backup, file].map((one) => ({
    hooks: withShape(one.path, () => addHooks(hooksOf(one), all)),
    rest: replaceMember(installed(one, all), 'hooks', {}),
  }));
  return isDeepStrictEqual(before, now);
}

function hooksOf({ path, settings }: SettingsFile): Readonly<Record<string, unknown>> {
  const hooks = Object.hasOwn(settings, 'hooks') ? settings['hooks'] : {};
  if (typeof hooks !== 'object' || hooks === null || Array.isArray(hooks)) {
    throw new SettingsError(path, 'holds something unknown as its hooks');
  }
  return hooks as Record<string, unknown>;
}

function withShape<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof UnexpectedShapeError)
      throw new SettingsError(path, messageOf(error), { cause: error });
    throw error;
  }
}

const isBlank = (text: string | null): boolean => text === null || text.trim() === '';
