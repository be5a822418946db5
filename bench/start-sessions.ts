import { execFileSync } from 'node:child_process';

/** Starts sessions `bench-FROM` to before `bench-TO`, by tmux itself: one command line for each hundred. */
export function startSessions(socketPath: string, from: number, to: number): void {
  for (let first = from; first < to; first += 100) {
    const commands = Array.from({ length: Math.min(100, to - first) }, (_, index) => [
      ...(index === 0 ? [] : [';']),
      ...['new-session', '-d', '-s', `bench-${first + index}`, '-x', '80', '-y', '24', 'sleep', '3600'],
    ]).flat();
    execFileSync('tmux', ['-u', '-f', '/dev/null', '-S', socketPath, ...commands]);
  }
}
