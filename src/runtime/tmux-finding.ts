import { realpath } from 'node:fs/promises';
import { defaultSocketPath, NoServerError, NoSocketError, TmuxError, type TmuxServer } from 'tmux-js-bridge';
import { errorCode } from '../session/error-code.js';
import type { Finding } from '../session/finding.js';
import { broken, ok, warning } from '../session/make-finding.js';
import { quoteWord } from '../session/quote-word.js';
import { checkSocketPlace } from './tmux-socket-place.js';
import { isSupportedTmux, OLDEST_TMUX, readTmuxVersion } from './tmux-version.js';

const INSTEAD = 'or spawn with --runtime process';

/** Whether tmux is there, and its server, if one runs, can be asked. */
export async function diagnoseTmux(
  server: TmuxServer,
  { env = process.env }: { env?: NodeJS.ProcessEnv } = {},
): Promise<Finding[]> {
  const version = await readTmuxVersion(env);
  if (version === null) return [broken('tmux', 'there is no tmux on PATH', `install tmux, ${INSTEAD}`)];
  const cure = `install tmux ${OLDEST_TMUX} or later, ${INSTEAD}`;
  const program = isSupportedTmux(version)
    ? ok('tmux', version)
    : broken('tmux', `${version} is older than what is supported`, cure);
  const isDefault = server.socketPath === defaultSocketPath(env);
  const variable = isDefault ? await checkVariable(env) : null;
  const place = await checkSocketPlace(server.socketPath);
  const asked = place?.state === 'broken' ? null : await askServer(server, isDefault ? env : {});
  return [program, variable, place, asked].filter((finding) => finding !== null);
}

async function askServer(server: TmuxServer, env: NodeJS.ProcessEnv): Promise<Finding> {
  const { socketPath } = server;
  const origin = env['TMUX'] ? ', which TMUX names' : env['TMUX_TMPDIR'] ? ', by TMUX_TMPDIR' : '';
  try {
    const listing = await server.listPanes();
    const panes = listing.panes.length === 1 ? '1 pane' : `${listing.panes.length} panes`;
    const pid = listing.server ? ` of the server ${listing.server.pid}` : '';
    return ok('socket', `${panes}${pid} on ${socketPath}${origin}`);
  } catch (error) {
    if (error instanceof NoServerError || error instanceof NoSocketError) {
      return ok('socket', `no server on ${socketPath}${origin} yet: spawn starts one`);
    }
    if (!(error instanceof TmuxError)) throw error;
    return broken('socket', `${socketPath}: ${error.message}`, 'name another server with --tmux-socket');
  }
}

/** tmux itself passes over such a directory without a word. */
async function checkVariable({ TMUX, TMUX_TMPDIR }: NodeJS.ProcessEnv): Promise<Finding | null> {
  if (TMUX || !TMUX_TMPDIR) return null;
  try {
    await realpath(TMUX_TMPDIR);
    return null;
  } catch (error) {
    if (errorCode(error) === null) throw error;
    const found = `TMUX_TMPDIR is ${TMUX_TMPDIR}, which is not there: tmux takes /tmp instead`;
    return warning('socket', found, `mkdir -p -m 700 ${quoteWord(TMUX_TMPDIR)}, or unset TMUX_TMPDIR`);
  }
}
