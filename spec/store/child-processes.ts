import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Starts processes for the tests of a file, and ends what is left of them after each. */
export function useChildProcesses(): { spawn: typeof spawn; end: (child: ChildProcess) => Promise<void> } {
  const started: ChildProcess[] = [];
  const end = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  afterEach(async () => {
    await Promise.all(started.splice(0).map(end));
  });
  const start = (...args: Parameters<typeof spawn>): ChildProcess => {
    const child = spawn(...args);
    started.push(child);
    return child;
  };
  return { spawn: start as typeof spawn, end };
}
