import { homedir } from 'node:os';
import { join } from 'node:path';

/** One command in an agent's settings, as that agent wants it. */
export type HookHandler = Readonly<Record<string, unknown>> & { type: 'command' };

/** Where an agent keeps its hooks, and how it wants them. */
export interface HookSettings {
  /** The agent's own folder. */
  folder(env: NodeJS.ProcessEnv): string;
  /** The settings file in that folder. */
  file: string;
  /** Whether handlers stand in groups, `{ hooks: [handler] }`, or by themselves. */
  isGrouped: boolean;
  handler(command: string, event: string): HookHandler;
  /** What else it takes until the hooks run. */
  advice: string | null;
  /** The setting by which all hooks are switched off, if it is set so. */
  isSwitchedOff(settings: Readonly<Record<string, unknown>>): boolean;
}

const HOOK_TIMEOUT_S = 10;

/** What a variable says; an empty one says nothing. */
const present = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

const inHome = (env: NodeJS.ProcessEnv, folder: string): string =>
  join(present(env['HOME']) ?? homedir(), folder);

/**
 * By the agents' own references, as in their tables; the timeout is in seconds but for Gemini, which wants ms. Claude Code
 * waits for no hook that is `async`; it ends what is still at work when it ends itself, so that its goodbye is not.
 */
export const HOOK_SETTINGS: Readonly<Record<string, HookSettings>> = {
  'claude-code': {
    folder: (env) => present(env['CLAUDE_CONFIG_DIR']) ?? inHome(env, '.claude'),
    file: 'settings.json',
    isGrouped: true,
    handler: (command, event) => ({
      ...{ type: 'command', command, timeout: HOOK_TIMEOUT_S },
      ...(event === 'SessionEnd' ? {} : { async: true }),
    }),
    advice: null,
    isSwitchedOff: ({ disableAllHooks }) => disableAllHooks === true,
  },
  codex: {
    folder: (env) => present(env['CODEX_HOME']) ?? inHome(env, '.codex'),
    file: 'hooks.json',
    isGrouped: true,
    handler: (command) => ({ type: 'command', command, timeout: HOOK_TIMEOUT_S }),
    advice: 'Codex runs new hooks only once you trust them: type /hooks in it',
    isSwitchedOff: () => false,
  },
  gemini: {
    folder: (env) => inHome(env, '.gemini'),
    file: 'settings.json',
    isGrouped: true,
    handler: (command) => ({
      ...{ name: 'session-vitals', type: 'command', command },
      timeout: HOOK_TIMEOUT_S * 1_000,
    }),
    advice: null,
    isSwitchedOff: ({ hooksConfig }) =>
      typeof hooksConfig === 'object' &&
      hooksConfig !== null &&
      'enabled' in hooksConfig &&
      hooksConfig.enabled === false,
  },
};

/** What to do for agents that have no hooks to install. */
export const WITHOUT_HOOKS: Readonly<Record<string, string>> = {
  aider:
    'aider has a flag instead of hooks: start it as aider --notifications, and it rings the bell when it wants you, ' +
    'which is seen (with --notifications-command CMD it would run a command and not ring)',
  opencode: 'opencode runs no commands as hooks: what it does is read from its server',
};
