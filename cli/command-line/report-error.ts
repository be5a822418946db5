import { say } from '../output/say.js';

/** Says in one line what went wrong; resolves to the code to exit with. */
export async function reportError(error: unknown): Promise<number> {
  const { exitCodeOf, describeError } = await import('./exit-code.js');
  say(`vitals: ${describeError(error)}`);
  return exitCodeOf(error);
}
