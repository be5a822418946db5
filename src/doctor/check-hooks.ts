import { existsSync } from 'node:fs';
import { hookedAgents, hookFolder, readHookStatus, type HookStatus } from '../hook/plan-hooks.js';
import { SettingsError } from '../hook/settings-error.js';
import type { Finding } from '../session/finding.js';
import { ok, warning } from '../session/make-finding.js';
import type { Checkup } from './checkup.js';

/** How the hooks of each agent stand that is used on this machine. */
export async function checkHooks({ env, program }: Pick<Checkup, 'env' | 'program'>): Promise<Finding[]> {
  const used = hookedAgents().filter((agent) => existsSync(hookFolder(agent, env)));
  return Promise.all(used.map((agent) => checkAgent(agent, { env, program })));
}

async function checkAgent(
  agent: string,
  { env, program }: Pick<Checkup, 'env' | 'program'>,
): Promise<Finding> {
  try {
    return describe(await readHookStatus({ agent, env }), program);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return warning('hooks', `${agent}: ${error.message}`, `mend ${error.path}`);
  }
}

function describe({ agent, path, state, programs }: HookStatus, program: string | null): Finding {
  const install = `vitals hooks install ${agent}`;
  switch (state) {
    case 'installed': {
      const stranger = programs.map((one) => judge(one, program)).find((text) => text !== null);
      return stranger === undefined
        ? ok('hooks', `${agent} says at once what it does`)
        : warning('hooks', `${agent} calls ${stranger}`, install);
    }
    case 'absent':
      return ok('hooks', `${agent} has none; with them it says at once what it does: ${install}`);
    case 'incomplete':
      return warning('hooks', `${agent} has not all of them`, install);
    case 'switched_off':
      return warning('hooks', `${agent} has them, but they are switched off`, `switch them on in ${path}`);
  }
}

/** What is wrong with the program that hooks call; null if nothing is. */
function judge(called: string, own: string | null): string | null {
  const gone = wordsOf(called).find((word) => word.startsWith('/') && !existsSync(word));
  if (gone !== undefined) return `${gone}, which is gone`;
  // Another Node.js may run the same script.
  const isOwn = own === null || wordsOf(called).at(-1) === wordsOf(own).at(-1);
  return isOwn ? null : `another vitals than this one: ${called}`;
}

/** The words of a command as `quoteWord` writes them, but for those with a quote in them. */
const wordsOf = (command: string): string[] =>
  (command.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'([^']*)'$/, '$1'));
