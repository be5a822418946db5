import { recordHook } from '../src/hook/record-hook.js';
import { ownStartMs } from '../src/process/own-start.js';
import { messageOf } from '../src/session/message-of.js';
import { say } from './output/say.js';

/** Records what an agent's hook says on stdin. Whatever goes wrong, the agent must not suffer: the code is always 0. */
export async function runHook(agent: string): Promise<number> {
  try {
    await recordHook({ agent, stdin: process.stdin, env: process.env, startedAt: ownStartMs() });
  } catch (error) {
    say(`vitals: ${messageOf(error)}`);
  }
  return 0;
}
