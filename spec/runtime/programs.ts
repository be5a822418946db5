import type { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import type { Runtime, RuntimeView } from '../../src/runtime/runtime.js';
import type { Program } from '../../src/runtime/session-host.js';
import type { Handle } from '../../src/session/handle.js';
import type { Liveness } from '../../src/session/liveness.js';

let count = 0;

/** A program to start, with files of its own. */
export function programOf(
  directory: TemporaryDirectory,
  command: string[],
  more: Partial<Program> = {},
): Program {
  count += 1;
  return {
    name: `spec/program-${count}`,
    command,
    workspacePath: directory.path,
    env: {},
    exitFile: directory.file(`exit-${count}`),
    outputFile: directory.file(`output-${count}`),
    ...more,
  };
}

export const observe = (runtime: Runtime, ...handles: Handle[]): Promise<RuntimeView> =>
  runtime.observe(handles, { signal: new AbortController().signal });

export const livenessOf = async (runtime: Runtime, handle: Handle): Promise<Liveness> =>
  (await observe(runtime, handle)).liveness(handle);

/** Looks until the program is proven dead. */
export const untilDead = (runtime: Runtime, handle: Handle): Promise<Liveness> =>
  waitFor('its death', async () => {
    const liveness = await livenessOf(runtime, handle);
    return liveness.state === 'dead' && liveness;
  });
