import { hookedAgents, readHookStatus, type HookStatus } from '../../index.js';
import { print, printJson } from './print.js';

const STATES: Record<HookStatus['state'], string> = {
  installed: 'installed',
  incomplete: 'not all of them are there: install them anew',
  absent: 'not installed',
  switched_off: 'installed, but its settings switch all hooks off',
};

/** Prints how the hooks of an agent, or of all, stand; resolves to the exit code. */
export async function printHookStatus({
  agent,
  json,
}: {
  agent: string | undefined;
  json: boolean;
}): Promise<number> {
  for (const name of agent === undefined ? hookedAgents() : [agent]) {
    const status = await readHookStatus({ agent: name, env: process.env });
    await (json ? printJson(status) : print(`${name}: ${STATES[status.state]} (${status.path})\n`));
  }
  return 0;
}
