import { access } from 'node:fs/promises';
import { hookedAgents, hookFolder, readHookStatus, type HookStatus } from '../hook/plan-hooks.js';
import { SettingsError } from '../hook/settings-error.js';
import type { Finding } from '../runtime/finding.js';
import { errorCode } from '../session/error-code.js';

/** How the hooks of each agent stand that is used on this machine. */
export async function checkHooks(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const findings = await Promise.all(hookedAgents().map((agent) => checkAgent(agent, env)));
  return findings.filter((finding) => finding !== null);
}

async function checkAgent(agent: string, env: NodeJS.ProcessEnv): Promise<Finding | null> {
  if (!(await isThere(hookFolder(agent, env)))) return null;
  try {
    return describe(await readHookStatus({ agent, env }));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { subject: 'hooks', state: 'warning', message: `${agent}: ${error.message}` };
  }
}

function describe({ agent, path, state }: HookStatus): Finding {
  const install = `vitals hooks install ${agent}`;
  const finding = { subject: 'hooks', state: 'warning' } as const;
  switch (state) {
    case 'installed':
      return { subject: 'hooks', state: 'ok', message: `${agent} says at once what it does` };
    case 'absent':
      return {
        subject: 'hooks',
        state: 'ok',
        message: `${agent} has none; with them it says at once what it does: ${install}`,
      };
    case 'incomplete':
      return { ...finding, message: `${agent} has not all of them`, cure: install };
    case 'switched_off':
      return { ...finding, message: `${agent} has them, but they are switched off`, cure: `see ${path}` };
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return false;
  }
}
