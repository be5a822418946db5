import type { Exit } from '../../index.js';

/** How a session ended, in the few words that a line has room for beside its status. */
export function describeExit({ code, signal, reason }: Exit & { reason: string }): string {
  if (signal !== null) return `by ${signal}`;
  return code === null ? reason : `exit code ${code}`;
}
