import { realpathSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The socket that tmux itself would choose in this environment: that of `TMUX`, else the default one under
 * `TMUX_TMPDIR` if that exists, else under `/tmp`. Source: tmux(1), ENVIRONMENT and `-L`; checked against 3.3a.
 */
export function defaultSocketPath(env: NodeJS.ProcessEnv): string {
  const current = env['TMUX']?.split(',')[0];
  if (current) return current;
  const base = resolveDirectory(env['TMUX_TMPDIR']) ?? resolveDirectory('/tmp') ?? '/tmp';
  return join(base, `tmux-${process.getuid?.() ?? 0}`, 'default');
}

function resolveDirectory(path: string | undefined): string | null {
  if (!path) return null;
  try {
    return realpathSync(path);
  } catch {
    // tmux, too, passes over a directory that it can't resolve.
    return null;
  }
}
